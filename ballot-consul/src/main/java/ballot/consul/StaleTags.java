package ballot.consul;

import ballot.api.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the primary tag off other instances while this one leads.
 *
 * <p>Off one whose node is dead at once. One whose agent lives will mostly lose it by itself in a
 * moment; only what stays is taken off, in the catalog, where the agent may put it back at its next
 * full comparison, about once a minute: so not more often than that calls for.
 */
final class StaleTags {

  /** How long an instance with a living agent has to put itself right. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  /** Between two times that the same instance with a living agent is put right. */
  private static final Duration GAP = Duration.ofSeconds(10);

  private final Catalog catalog;
  private final String tag;

  /** From when on what is seen on an instance is not left to its agent any more. */
  private final Map<String, Long> due = new HashMap<>();

  StaleTags(Catalog catalog, String tag) {
    this.catalog = catalog;
    this.tag = tag;
  }

  /** Whether nothing is left to take off. */
  boolean strip(List<Catalog.Row> others, Patience patience) throws StoreException {
    boolean clean = true;
    long now = System.nanoTime();
    due.values().removeIf(at -> now - at > GAP.multipliedBy(6).toNanos());
    for (Catalog.Row row : others) {
      if (row.tags().contains(tag)) {
        String instance = row.nodeName() + "/" + row.id();
        long at = due.computeIfAbsent(instance, fresh -> now + GRACE.toNanos());
        if (row.nodeIsDead() || now - at >= 0) {
          catalog.strip(row, tag, patience);
          due.put(instance, now + GAP.toNanos());
        } else {
          clean = false;
        }
      }
    }
    return clean;
  }
}

package ballot.consul;

import ballot.api.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  private static final Duration MEMORY = Duration.ofMinutes(5);

  private final Catalog catalog;
  private final String tag;

  /** Since when the tag is seen on an instance, by node and id. */
  private final Map<String, Long> seenSince = new HashMap<>();

  /** When it was last taken off one. */
  private final Map<String, Long> strippedAt = new HashMap<>();

  StaleTags(Catalog catalog, String tag) {
    this.catalog = catalog;
    this.tag = tag;
  }

  /** Whether nothing is left to take off. */
  boolean strip(List<Catalog.Row> others, Patience patience) throws StoreException {
    List<Catalog.Row> tagged = others.stream().filter(row -> row.tags().contains(tag)).toList();
    seenSince.keySet().retainAll(tagged.stream().map(StaleTags::name).toList());
    long now = System.nanoTime();
    strippedAt.values().removeIf(at -> now - at > MEMORY.toNanos());
    boolean clean = true;
    for (Catalog.Row row : tagged) {
      long since = seenSince.computeIfAbsent(name(row), fresh -> now);
      if (row.nodeIsDead() || isStale(since, strippedAt.get(name(row)), now)) {
        catalog.strip(row, tag, patience);
        strippedAt.put(name(row), now);
      } else {
        clean = false;
      }
    }
    return clean;
  }

  private static boolean isStale(long since, @Nullable Long stripped, long now) {
    return stripped == null ? now - since >= GRACE.toNanos() : now - stripped >= GAP.toNanos();
  }

  private static String name(Catalog.Row row) {
    return row.nodeName() + "/" + row.id();
  }
}

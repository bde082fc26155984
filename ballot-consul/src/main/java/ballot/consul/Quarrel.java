package ballot.consul;

import ballot.api.ServiceSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Notices that somebody keeps changing tags back, a second ballot with the same instance or another
 * tool, and slows down: nobody wins such a quarrel by being quick, and each round is two writes of
 * the servers. Used by one thread at a time.
 */
final class Quarrel {

  /** So often tags are put right at once, in a minute. */
  static final int PATIENT = 6;

  /** And after that, as long as it goes on, no sooner than this after the last time. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration MEMORY = Duration.ofMinutes(1);

  private final Deque<Long> writes = new ArrayDeque<>();
  private ServiceSpec.@Nullable Role role;
  private boolean told;

  /** Whether the tags of a role may be written now; a new role begins anew. */
  boolean mayWrite(ServiceSpec.Role wanted, long nanos) {
    if (wanted != role) {
      role = wanted;
      writes.clear();
      told = false;
    }
    while (!writes.isEmpty() && nanos - writes.getFirst() > MEMORY.toNanos()) {
      writes.removeFirst();
    }
    return writes.size() < PATIENT || nanos - writes.getLast() >= PAUSE.toNanos();
  }

  /** Takes note of a write; whether a person should be told of the quarrel, once. */
  boolean wrote(long nanos) {
    writes.addLast(nanos);
    boolean isNews = writes.size() >= PATIENT && !told;
    told |= isNews;
    return isNews;
  }
}

package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who believes to lead, of programs that share nothing but a key; notes every overlap. */
final class Referee {

  private final AtomicReference<@Nullable Reign> leader = new AtomicReference<>();
  private final List<String> overlaps = new CopyOnWriteArrayList<>();

  private record Reign(String name, long until) {
    boolean isBy(String other) {
      return name.equals(other);
    }

    boolean lasts() {
      return until - System.nanoTime() > 0;
    }
  }

  /** From now on it works as a leader, until it ends that. */
  void begins(String name) {
    begins(name, System.nanoTime() + Duration.ofDays(1).toNanos());
  }

  /** It works as a leader, and ends by itself at that time. */
  void begins(String name, long until) {
    Reign before = leader.getAndSet(new Reign(name, until));
    if (before != null && !before.isBy(name) && before.lasts()) {
      overlaps.add(name + " begins while " + before.name() + " leads");
    }
  }

  /** Nothing of its work is left. */
  void ends(String name) {
    leader.updateAndGet(reign -> reign != null && reign.isBy(name) ? null : reign);
  }

  boolean isLeading(String name) {
    Reign reign = leader.get();
    return reign != null && reign.isBy(name) && reign.lasts();
  }

  void assertNoOverlap() {
    assertThat(overlaps).isEmpty();
  }
}

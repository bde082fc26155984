package ballot.engine;

import ballot.api.Durations;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.util.Optional;

/**
 * Notices that time has passed in which this process did nothing: it was stopped, starved or
 * paused, or the machine was suspended. Used by one thread, which beats at least twice a second.
 */
final class Pulse {

  /** Shorter ones are a busy machine's, and no lease is lost by them. */
  private static final Duration WORTH_A_WORD = Duration.ofSeconds(2);

  private Moment last;
  private long lastNanos;

  /**
   * The first beat.
   *
   * @param now with the time in suspend
   * @param nanos without it
   */
  Pulse(Moment now, long nanos) {
    this.last = now;
    this.lastNanos = nanos;
  }

  /** The next beat; says what was noticed, for a person. */
  Optional<String> beat(Moment now, long nanos) {
    Duration passed = last.until(now);
    Duration awake = Duration.ofNanos(nanos - lastNanos);
    last = now;
    lastNanos = nanos;
    if (passed.compareTo(WORTH_A_WORD) < 0) {
      return Optional.empty();
    }
    Duration asleep = passed.minus(awake);
    return Optional.of(
        asleep.compareTo(WORTH_A_WORD) < 0
            ? "this process did nothing for "
                + text(passed)
                + ": it was stopped, or had no processor; leases went on meanwhile"
            : "the machine was suspended for " + text(asleep) + "; leases went on meanwhile");
  }

  private static String text(Duration duration) {
    return Durations.format(Duration.ofMillis(duration.toMillis() / 100 * 100));
  }
}

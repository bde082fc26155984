package ballot.engine.agenda;

import ballot.api.Durations;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The time of day as a schedule goes by it: that of the machine, except that a clock which is
 * stepped is not followed at once. Whoever sets a clock wrong mostly sets it right again soon, and
 * by then ticks would have been passed over, or be due a second time. A step that lasts is followed
 * after {@link #PATIENCE}.
 *
 * <p>Has to be read at least every few seconds. Not safe for use by several threads.
 */
public final class SteadyClock {

  /** How long the old time is kept. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is corrected by less is no step. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private @Nullable Reading last;
  private Duration ahead = Duration.ZERO;
  private Moment steppedAt = Moment.NEVER;
  private Optional<String> news = Optional.empty();

  private record Reading(Instant wall, Moment moment) {}

  /**
   * The time.
   *
   * @param wall what the machine's clock says
   * @param moment the same moment on the monotonic clock
   */
  public Instant read(Instant wall, Moment moment) {
    Reading before = last;
    last = new Reading(wall, moment);
    if (before != null) {
      Duration passed = before.moment.until(moment);
      Duration jump = Duration.between(before.wall.plus(passed), wall);
      if (jump.abs().compareTo(STEP) > 0) {
        step(jump, moment);
      }
    }
    if (!ahead.isZero() && steppedAt.plus(PATIENCE).isReached(moment)) {
      news = Optional.of("the schedule follows the machine's clock from now on: " + text(ahead));
      ahead = Duration.ZERO;
    }
    return wall.minus(ahead);
  }

  private void step(Duration jump, Moment moment) {
    ahead = ahead.plus(jump);
    if (ahead.abs().compareTo(STEP) <= 0) {
      ahead = Duration.ZERO;
      news = Optional.of("the machine's clock is back where it was");
    } else {
      steppedAt = moment;
      news =
          Optional.of(
              "the machine's clock was stepped: "
                  + text(ahead)
                  + "; the schedule keeps the old time for "
                  + Durations.format(PATIENCE)
                  + ", then follows it");
    }
  }

  private static String text(Duration by) {
    long tenths = (by.abs().toMillis() + 50) / 100; // the two clocks are not read at one moment
    return Durations.format(Duration.ofMillis(100 * tenths))
        + (by.isNegative() ? " back" : " forward");
  }

  /** What a person should know since the last call. */
  public Optional<String> news() {
    Optional<String> latest = news;
    news = Optional.empty();
    return latest;
  }
}

package ballot.engine.core;

import ballot.api.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The durations of an election, and how they relate.
 *
 * @param stopTimeout between the polite signal and the kill when leaving in order
 * @param rerunDelay least time between the end of work and its next start
 * @param killMargin what is kept at the end of a lease for a kill to take effect
 * @param callBudget the most time one question may take
 * @param lossGrace from learning that leadership was lost for certain to the kill: less than the
 *     second that a new leader holds off
 */
public record Timings(
    Duration stopTimeout,
    Duration rerunDelay,
    Duration killMargin,
    Duration callBudget,
    Duration lossGrace) {

  /** Round trip that must fit into a lease beside a renewal and a kill. */
  static final Duration ROUND_TRIP = Duration.ofMillis(100);

  /** The parts of a lease: it is renewed after a third, and stopping may take a quarter. */
  static final int RENEW_PART = 3;

  static final int STOP_PART = 4;

  /** How long a new leader holds off at most when the previous leadership vanished. */
  private static final Duration HOLD_OFF = Duration.ofSeconds(1);

  /** The defaults beside the two that users set. */
  public static Timings of(Duration stopTimeout, Duration rerunDelay) {
    return new Timings(
        stopTimeout,
        rerunDelay,
        Duration.ofMillis(200),
        Duration.ofSeconds(3),
        Duration.ofMillis(600));
  }

  /** Checks each value, and that a loss can be dealt with while the next leader holds off. */
  public Timings {
    check("the stop timeout", stopTimeout, !stopTimeout.isNegative());
    check("the rerun delay", rerunDelay, !rerunDelay.isNegative());
    check("the kill margin", killMargin, !killMargin.isNegative());
    check("the call budget", callBudget, callBudget.isPositive());
    check("the loss grace", lossGrace, !lossGrace.isNegative());
    Duration end = lossGrace.plus(killMargin);
    check("the loss grace and the kill margin together", end, end.compareTo(HOLD_OFF) < 0);
  }

  private static void check(String what, Duration value, boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(what + " cannot be " + value);
    }
  }

  /**
   * Says why leases of this validity cannot work, if they cannot: renewing, a round trip and a kill
   * have to fit into one.
   */
  public Optional<String> complaint(Duration validity) {
    Duration refresh = validity.dividedBy(RENEW_PART);
    Duration needed = refresh.plus(ROUND_TRIP).plus(killMargin);
    if (validity.compareTo(needed) >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        "a lease of "
            + text(validity)
            + " is too short: "
            + text(refresh)
            + " until it is renewed + "
            + text(ROUND_TRIP)
            + " for the round trip + "
            + text(killMargin)
            + " for the kill = "
            + text(needed));
  }

  private static String text(Duration duration) {
    return Durations.format(duration.truncatedTo(ChronoUnit.MILLIS));
  }
}

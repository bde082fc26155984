package ballot.engine.core;

import java.time.Duration;
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

  /** The defaults beside the two that users set. */
  public static Timings of(Duration stopTimeout, Duration rerunDelay) {
    return new Timings(
        stopTimeout,
        rerunDelay,
        Duration.ofMillis(200),
        Duration.ofSeconds(3),
        Duration.ofMillis(600));
  }

  /** Checks that nothing is negative. */
  public Timings {
    if (stopTimeout.isNegative() || rerunDelay.isNegative() || killMargin.isNegative()) {
      throw new IllegalArgumentException("a timing is not negative");
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
        "a lease of %d ms is too short: %d ms until it is renewed + %d ms for the round trip + %d ms for the kill = %d ms"
            .formatted(
                validity.toMillis(),
                refresh.toMillis(),
                ROUND_TRIP.toMillis(),
                killMargin.toMillis(),
                needed.toMillis()));
  }
}

package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Rules;
import ballot.engine.core.Timings;
import java.time.Duration;
import java.util.Optional;

/**
 * The world of one simulation, drawn once.
 *
 * @param hosts how many hosts have a candidate
 * @param leases whether leaderships run out, as in Consul, or last as long as their holder, as a
 *     kernel lock does
 * @param validity of a lease
 * @param latest how long after its validity a silent session may last
 * @param holdsOffAfterExpiry whether the store cannot tell a session that ran out from one that was
 *     destroyed
 * @param lockDelay how long nobody may win after a session that ran out
 * @param ranked whether candidates further down the line wait a little longer
 * @param hint when to look again if no signal comes
 * @param forgivesAfterOutage whether sessions begin anew when the store comes back
 * @param signalsOnQuestions whether each question makes the store signal
 * @param leg how long a message takes at most
 * @param slowLeg the same while there are faults, in worlds whose store is about as slow as its
 *     leases are long; else zero
 * @param loss how many messages get lost
 * @param lag how many messages take much longer
 * @param lostSignals how many signals never come
 * @param lateTick how late a tick may be
 * @param faultEvery time between two faults, about
 * @param active how long there are faults
 */
record Setup(
    int hosts,
    boolean leases,
    long validity,
    long latest,
    boolean holdsOffAfterExpiry,
    long lockDelay,
    boolean ranked,
    long hint,
    boolean forgivesAfterOutage,
    boolean signalsOnQuestions,
    long leg,
    long slowLeg,
    double loss,
    double lag,
    double lostSignals,
    long lateTick,
    long faultEvery,
    long active) {

  /** How long a new leader waits where an earlier one may only just be learning of its loss. */
  static final long HOLD_OFF = SECOND;

  /** Leases shorter than this leave a kill no time. */
  private static final long SHORTEST = 500 * MS;

  private static final long LONGEST = 15 * SECOND;

  /** How long a command that fails is left alone: a minute, on the slowest clock. */
  private static final long LONGEST_REST = 61 * SECOND;

  /** Questions under way, back-off, hold-off and work that has to end first. */
  private static final long LOOSE_ENDS = 20 * SECOND;

  static Setup drawn(Dice dice) {
    long validity = dice.scaled(SHORTEST, LONGEST);
    boolean stormy = dice.chance(0.05);
    return new Setup(
        (int) dice.between(2, 5),
        dice.chance(0.8),
        validity,
        dice.oneOf(0L, validity / 10, validity),
        dice.chance(0.5),
        dice.chance(0.7) ? 0 : dice.scaled(10 * MS, 2 * SECOND),
        dice.chance(0.5),
        dice.oneOf(2 * SECOND, 5 * SECOND, 30 * SECOND),
        dice.chance(0.5),
        stormy,
        stormy || dice.chance(0.7) ? dice.scaled(MS / 10, 3 * MS) : dice.scaled(3 * MS, 30 * MS),
        dice.chance(0.12) ? dice.scaled(150 * MS, Math.min(validity, 2 * SECOND)) : 0,
        dice.oneOf(0.0, 0.005, 0.05),
        dice.oneOf(0.0, 0.01, 0.05, 0.3),
        dice.oneOf(0.0, 0.02, 0.2),
        dice.oneOf(0L, 2 * MS, 20 * MS),
        dice.scaled(300 * MS, 5 * SECOND),
        Math.clamp(15 * validity, 30 * SECOND, 90 * SECOND));
  }

  /** What one operator wants. */
  Rules rules(Dice dice) {
    return new Rules(
        dice.oneOf(Rules.Reaction.values()),
        dice.oneOf(Rules.Reaction.values()),
        slowLeg > 0 && dice.chance(0.5)
            ? Rules.ElectionFailure.RUN_ANYWAY
            : dice.oneOf(Rules.ElectionFailure.values()),
        dice.chance(0.75) ? Rules.LeaseLoss.TERMINATE : Rules.LeaseLoss.KEEP,
        longestWait(dice),
        timings(dice));
  }

  private static Optional<Duration> longestWait(Dice dice) {
    if (dice.chance(0.85)) {
      return Optional.empty();
    }
    return Optional.of(
        dice.chance(0.2) ? Duration.ZERO : Duration.ofNanos(dice.scaled(500 * MS, 20 * SECOND)));
  }

  private Timings timings(Dice dice) {
    while (true) {
      long killMargin = dice.chance(0.5) ? 200 * MS : dice.scaled(30 * MS, 300 * MS);
      Timings timings =
          new Timings(
              Duration.ofNanos(dice.chance(0.1) ? 0 : dice.scaled(50 * MS, 10 * SECOND)),
              Duration.ofNanos(dice.chance(0.2) ? 0 : dice.scaled(10 * MS, 2 * SECOND)),
              Duration.ofNanos(killMargin),
              Duration.ofNanos(dice.scaled(300 * MS, 3 * SECOND)),
              Duration.ofNanos(dice.between(0, 800 * MS - killMargin)));
      if (timings.complaint(Duration.ofNanos(validity)).isEmpty()) {
        return timings;
      }
    }
  }

  /** By when, after the last fault, somebody leads and works. */
  long patience() {
    return hint + 2 * (validity + latest) + lockDelay + LONGEST_REST + LOOSE_ENDS;
  }
}

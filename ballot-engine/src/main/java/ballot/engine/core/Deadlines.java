package ballot.engine.core;

import ballot.api.Lease;
import java.time.Duration;

/**
 * What a lease means on the holder's clock. A short lease shortens the polite phase before it takes
 * the time in which the next lease can come.
 *
 * <pre>
 *  asked     answered       renewAt                     stopAt        killAt       quietBy
 *    ├──────────┼──────────────┼───────────────────────────┼─────────────┼────────────┤
 * </pre>
 *
 * @param renewAt when to ask for the next lease
 * @param stopAt when to stop the work politely if no next lease has come
 * @param killAt when to kill it
 * @param quietBy when nothing may run any more: from here on another may lead
 */
public record Deadlines(Moment renewAt, Moment stopAt, Moment killAt, Moment quietBy) {

  /** Two clocks are assumed to differ by less than this part: 2 ms a second. */
  private static final int DRIFT_PART = 500;

  /** How often a leader looks whether an unbounded lease is still its own. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

  /** No deadlines at all. */
  static final Deadlines NONE =
      new Deadlines(Moment.NEVER, Moment.NEVER, Moment.NEVER, Moment.NEVER);

  /** The deadlines of a lease that was asked for at a moment. */
  static Deadlines of(Lease lease, Moment askedAt, Timings timings) {
    if (!lease.isBounded()) {
      return new Deadlines(askedAt.plus(LOOK_AGAIN), Moment.NEVER, Moment.NEVER, Moment.NEVER);
    }
    Duration validFor = lease.validFor();
    Moment quietBy = askedAt.plus(validFor).minus(validFor.dividedBy(DRIFT_PART));
    Moment killAt = quietBy.minus(timings.killMargin());
    Moment renewAt = askedAt.plus(validFor.dividedBy(Timings.RENEW_PART));
    Duration polite = shorter(timings.stopTimeout(), validFor.dividedBy(Timings.STOP_PART));
    Moment stopAt = Moment.later(killAt.minus(polite), renewAt.plus(Timings.ROUND_TRIP));
    return new Deadlines(renewAt, Moment.earlier(stopAt, killAt), killAt, quietBy);
  }

  /**
   * What a newer lease means while this one holds. One that ends when this one does, or before, as
   * something else than its renewal bounds it, brings no more time: what was planned for the end
   * stays, or nothing would be left of the polite phase.
   */
  Deadlines followedBy(Deadlines newer) {
    boolean isLonger =
        quietBy.equals(Moment.NEVER) || quietBy.plus(Timings.ROUND_TRIP).isReached(newer.quietBy);
    return isLonger
        ? newer
        : new Deadlines(
            newer.renewAt,
            Moment.earlier(stopAt, newer.stopAt),
            Moment.earlier(killAt, newer.killAt),
            Moment.earlier(quietBy, newer.quietBy));
  }

  /** The same deadlines, with the end moved forward because leadership was lost for certain. */
  Deadlines endingBy(Moment kill, Timings timings) {
    Moment newKill = Moment.earlier(killAt, kill);
    return new Deadlines(
        renewAt,
        Moment.earlier(stopAt, newKill),
        newKill,
        Moment.earlier(quietBy, newKill.plus(timings.killMargin())));
  }

  /** The same renewal, and no end: for work that goes on without proof. */
  Deadlines withoutEnd() {
    return new Deadlines(renewAt, Moment.NEVER, Moment.NEVER, Moment.NEVER);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}

package ballot.engine.core;

import java.time.Duration;

/**
 * Keeps questions that a store asks for, by signals and hints, from becoming a loop without a
 * pause: ten may follow each other at once, then ten a second.
 *
 * <p>Each question moves a point in time forward by its share; signalled questions wait while that
 * point is too far ahead. What was asked for other reasons counts and is never delayed.
 */
final class Pace {

  private static final Duration SHARE = Duration.ofMillis(100);
  private static final Duration AHEAD = SHARE.multipliedBy(10);

  private Pace() {}

  /** The pace after one more question. */
  static Moment afterAsking(Moment pace, Moment now) {
    Moment next = Moment.later(pace, now).plus(SHARE);
    return Moment.earlier(next, now.plus(AHEAD).plus(SHARE));
  }

  /**
   * The pace after an election was won: it is proven as freshly as can be, so that signals, most of
   * which are about this very change, wait while the work is started.
   */
  static Moment afterWinning(Moment now) {
    return now.plus(AHEAD).plus(SHARE);
  }

  /** When a signalled question may be asked. */
  static Moment soonest(Moment pace, Moment now) {
    return Moment.later(now, pace.minus(AHEAD));
  }
}

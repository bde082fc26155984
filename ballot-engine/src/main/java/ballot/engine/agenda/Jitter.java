package ballot.engine.agenda;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Puts starts off, so that not everything in a fleet begins at the full hour. */
final class Jitter {

  private final long salt;
  private final Duration most;

  /**
   * For one election.
   *
   * @param election its name: every candidate puts a tick off by the same
   */
  Jitter(String election, Duration most) {
    long mixed = 1125899906842597L;
    for (int i = 0; i < election.length(); i++) {
      mixed = 31 * mixed + election.charAt(i);
    }
    this.salt = mixed;
    this.most = most;
  }

  /** When a tick is due. */
  Instant due(Instant tick) {
    if (most.isZero()) {
      return tick;
    }
    double part = new SplittableRandom(salt ^ tick.getEpochSecond()).nextDouble();
    return tick.plusNanos((long) (most.toNanos() * part));
  }
}

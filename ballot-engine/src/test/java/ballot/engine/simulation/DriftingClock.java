package ballot.engine.simulation;

import ballot.engine.core.Moment;

/** A clock that began anywhere and runs a little fast or slow. */
final class DriftingClock {

  /** Parts in a million by which a clock is off at most: two differ by less than 2 ms a second. */
  static final long MOST_OFF = 990;

  private static final long MILLION = 1_000_000L;

  private final long origin;
  private final long partsOff;

  DriftingClock(long origin, long partsOff) {
    this.origin = origin;
    this.partsOff = partsOff;
  }

  static DriftingClock drawn(Dice dice) {
    long partsOff =
        dice.chance(0.5) ? dice.between(-MOST_OFF, MOST_OFF) : dice.oneOf(-MOST_OFF, MOST_OFF);
    long origin = dice.between(-1_000 * Dice.SECOND, 1_000_000 * Dice.SECOND);
    return new DriftingClock(origin, partsOff);
  }

  /** What it shows at a true time. */
  long shows(long trueNanos) {
    return origin
        + trueNanos
        + trueNanos / MILLION * partsOff
        + trueNanos % MILLION * partsOff / MILLION;
  }

  Moment at(long trueNanos) {
    return new Moment(shows(trueNanos));
  }

  /** The first true time at which it shows at least this. */
  long whenShowing(long shown) {
    long trueNanos = (long) ((shown - origin) / (1 + partsOff / (double) MILLION));
    while (shows(trueNanos) < shown) {
      trueNanos++;
    }
    return trueNanos;
  }
}

package ballot.engine.core;

import java.time.Duration;

/**
 * A point on one candidate's own monotonic clock. Moments of different clocks cannot be compared.
 *
 * @param nanos nanoseconds since an origin that means nothing
 */
public record Moment(long nanos) implements Comparable<Moment> {

  /** Later than every other moment. */
  public static final Moment NEVER = new Moment(Long.MAX_VALUE);

  /** Earlier than every other moment. */
  static final Moment LONG_AGO = new Moment(Long.MIN_VALUE);

  /**
   * This moment moved by a duration; {@link #NEVER} stays where it is, and what would be later than
   * any moment is {@link #NEVER}.
   */
  public Moment plus(Duration duration) {
    if (this.equals(NEVER)) {
      return NEVER;
    }
    try {
      return new Moment(Math.addExact(nanos, duration.toNanos()));
    } catch (ArithmeticException outOfRange) {
      return duration.isNegative() ? LONG_AGO : NEVER;
    }
  }

  /** This moment moved back by a duration; {@link #NEVER} stays where it is. */
  public Moment minus(Duration duration) {
    return plus(duration.negated());
  }

  /** How long from here to there; negative when it has passed. */
  public Duration until(Moment other) {
    return Duration.ofNanos(other.nanos).minusNanos(nanos);
  }

  /** Whether this moment is there, seen from {@code now}. */
  public boolean isReached(Moment now) {
    return nanos <= now.nanos;
  }

  /** The earlier of two. */
  public static Moment earlier(Moment one, Moment other) {
    return one.nanos <= other.nanos ? one : other;
  }

  /** The later of two. */
  public static Moment later(Moment one, Moment other) {
    return one.nanos >= other.nanos ? one : other;
  }

  @Override
  public int compareTo(Moment other) {
    return Long.compare(nanos, other.nanos);
  }
}

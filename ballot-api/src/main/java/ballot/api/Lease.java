package ballot.api;

import java.time.Duration;

/**
 * A proof of leadership: a term, and for how long nobody else can win.
 *
 * <p>{@link #validFor} counts from the moment the question was <em>asked</em>, that is from just
 * before the backend was called, on the asker's own clock. The answer may have been under way for
 * any part of that time. It makes no allowance for clocks that run at different rates: whoever uses
 * the lease takes that off.
 *
 * @param term the term that was proven
 * @param validFor how long from asking; {@link #UNBOUNDED} where the store gives leadership back by
 *     itself only when the holder is gone
 */
public record Lease(Term term, Duration validFor) {

  /** The validity of a lease that does not run out while its holder exists. */
  public static final Duration UNBOUNDED = Duration.ofDays(365L * 1000);

  /** Checks that the lease holds for some time. */
  public Lease {
    if (validFor.isNegative() || validFor.isZero()) {
      throw new IllegalArgumentException("a lease holds for some time, not for " + validFor);
    }
  }

  /** A lease that ends only with its holder. */
  public static Lease unbounded(Term term) {
    return new Lease(term, UNBOUNDED);
  }

  /** Whether the lease runs out by itself. */
  public boolean isBounded() {
    return validFor.compareTo(UNBOUNDED) < 0;
  }
}

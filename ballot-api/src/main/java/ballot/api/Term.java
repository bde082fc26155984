package ballot.api;

/**
 * One leadership, numbered: the fencing token.
 *
 * <p>Within one election and one life of its store every win has a higher number than every earlier
 * win, also when the same candidate wins twice running. The numbers are not consecutive. Storage
 * that remembers the highest number it has seen can refuse a leader that is no longer one.
 *
 * @param number above zero
 */
public record Term(long number) implements Comparable<Term> {

  /** Checks the number. */
  public Term {
    if (number <= 0) {
      throw new IllegalArgumentException("a term is a number above zero, not " + number);
    }
  }

  @Override
  public int compareTo(Term other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Long.toString(number);
  }
}

package ballot.schedule;

import java.util.StringJoiner;

/**
 * The values that one field allows.
 *
 * @param bits one for each, value 0 the lowest
 * @param starred whether the field was written with {@code *} or {@code ?} first, which to cron
 *     means that it is not restricted, {@code *}{@code /2} included
 */
record Values(Field field, long bits, boolean starred) {

  /** What {@link #next} gives when there is none; larger than any value. */
  static final int NONE = Long.SIZE;

  boolean has(int value) {
    return ((bits >> value) & 1) == 1;
  }

  /** The smallest value that is not below another; values go up to 59. */
  int next(int from) {
    return Long.numberOfTrailingZeros(bits & (-1L << from));
  }

  int smallest() {
    return next(0);
  }

  boolean isFull() {
    return bits == field.all();
  }

  /** As a list that begins with a number. */
  String listed() {
    return list(bits).toString();
  }

  /** As a list that begins with {@code *}: the smallest step that leaves nothing out, the rest. */
  String starring() {
    if (isFull()) {
      return "*";
    }
    int step = 2;
    while ((progression(step) & ~bits) != 0) {
      step++;
    }
    String rest = list(bits & ~progression(step)).toString();
    return "*/" + step + (rest.isEmpty() ? "" : "," + rest);
  }

  boolean canStar() {
    return has(field.first());
  }

  private long progression(int step) {
    long values = 0;
    for (int value = field.first(); value <= field.last(); value += step) {
      values |= 1L << value;
    }
    return values;
  }

  private static StringJoiner list(long bits) {
    StringJoiner list = new StringJoiner(",");
    long left = bits;
    while (left != 0) {
      int from = Long.numberOfTrailingZeros(left);
      int to = from + Long.numberOfTrailingZeros(~(left >>> from)) - 1;
      list.add(from == to ? "" + from : from + (to == from + 1 ? "," : "-") + to);
      left &= -1L << (to + 1);
    }
    return list;
  }
}

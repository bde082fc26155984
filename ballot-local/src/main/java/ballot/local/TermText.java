package ballot.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the counter of terms: lines of fixed length, padded with zeros.
 *
 * <pre>
 * TERM LOCK TERM    a term that was given out, and the inode of the lock file on which it was won
 * TERM LOCK TERM    the one before or after it: the two are written by turns
 * TERM BOOT TERM    terms up to this one may be given out in this run of the machine
 * </pre>
 *
 * <p>A line is overwritten in place, which needs no room on the disk, works for all users of a
 * shared folder, and leaves the others whole when the machine stops in between; the term at both
 * ends shows a line that was torn. A file with nothing but a number in it, written by a person,
 * counts as well, and so does one without the last line.
 *
 * @param highest no term above this one was given out
 * @param lock the inode of the lock file on which the last one was won; zero if unknown
 * @param whole whether the next one can be written in place
 * @param permitted the highest one that may be given out without waiting for the disk
 */
record TermText(long highest, long lock, boolean whole, long permitted) {

  /** So many terms are given out for one wait for the disk; as many are skipped after a crash. */
  private static final int PERMIT = 100;

  private static final Pattern LINE = Pattern.compile("(0\\d{18}) (0\\d{18}) \\1\n");
  private static final Pattern PERMITTED = Pattern.compile("(0\\d{18}) ([0-9a-f-]{36}) \\1\n");
  private static final Pattern BY_HAND = Pattern.compile("([1-9]\\d{0,17})\\s*");
  private static final int DIGITS = 19;
  private static final int LENGTH = 3 * (DIGITS + 1);

  /** A line and where it belongs. */
  record Line(int start, String text) {}

  /**
   * Reads a file.
   *
   * @param boot this run of the machine: what an earlier one gave out may not have reached the disk
   * @return empty when nothing can be told from it
   */
  static Optional<TermText> parse(String text, String boot) {
    Matcher byHand = BY_HAND.matcher(text);
    if (byHand.matches()) {
      return Optional.of(new TermText(Long.parseLong(byHand.group(1)), 0, false, 0));
    }
    long highest = -1;
    long lock = 0;
    int whole = 0;
    for (int number = 0; number < 2; number++) {
      Matcher line = LINE.matcher(part(text, number));
      if (line.matches()) {
        whole++;
        long term = Long.parseLong(line.group(1));
        lock = term > highest ? Long.parseLong(line.group(2)) : lock;
        highest = Math.max(highest, term);
      }
    }
    if (whole == 0) {
      return Optional.empty();
    }
    // a torn line can hold the next term, and that one may have been given out
    TermText counted = new TermText(highest + 2 - whole, whole == 2 ? lock : 0, whole == 2, 0);
    return Optional.of(counted.with(text, boot));
  }

  private TermText with(String text, String boot) {
    Matcher line = PERMITTED.matcher(text.substring(Math.min(text.length(), 2 * LENGTH)));
    if (!line.matches()) {
      return this;
    }
    long permit = Long.parseLong(line.group(1));
    return line.group(2).equals(boot)
        ? new TermText(highest, lock, whole, permit)
        // what that run of the machine wrote last may be lost
        : new TermText(Math.max(highest, permit), lock, whole, 0);
  }

  private static String part(String text, int number) {
    int start = Math.min(text.length(), number * LENGTH);
    return text.substring(start, Math.min(text.length(), start + LENGTH));
  }

  /** The whole file, with a term that is given out, and the permit that goes with it. */
  static String whole(long term, long lock, String boot) {
    String line = line(term, lock).text;
    String nothing = termLine(0, 0);
    return (term % 2 == 0 ? line + nothing : nothing + line) + permit(term, boot).text;
  }

  /** The line of a term that is given out. */
  static Line line(long term, long lock) {
    return new Line((int) (term % 2) * LENGTH, termLine(term, lock));
  }

  /** The line that permits some more terms than this one. */
  static Line permit(long term, String boot) {
    String permitted = padded(term + PERMIT);
    return new Line(2 * LENGTH, permitted + ' ' + boot + ' ' + permitted + '\n');
  }

  private static String termLine(long term, long lock) {
    return padded(term) + ' ' + padded(lock) + ' ' + padded(term) + '\n';
  }

  private static String padded(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}

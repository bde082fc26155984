package ballot.local;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of {@code /proc/PID/stat} says about a process.
 *
 * @param command its name, which may hold anything, parentheses and spaces included
 * @param state a letter: {@code Z} is dead and not yet buried, {@code T} is stopped
 * @param startTicks when it started, in clock ticks since the machine did: with the pid it tells a
 *     process from a later one of the same number
 */
record ProcessStat(
    long pid, String command, char state, long group, long session, long startTicks) {

  private static final Pattern BEFORE_NAME = Pattern.compile("(\\d{1,10}) \\(");

  /** Field 22, counted from the one after the name. */
  private static final int START_TICKS = 19;

  /** Reads a line; empty when it is not one. */
  static Optional<ProcessStat> parse(String line) {
    Matcher before = BEFORE_NAME.matcher(line);
    int end = line.lastIndexOf(") ");
    if (!before.lookingAt() || end < before.end()) {
      return Optional.empty();
    }
    String[] fields = line.substring(end + 2).strip().split(" ");
    if (fields.length <= START_TICKS || fields[0].length() != 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              Long.parseLong(before.group(1)),
              line.substring(before.end(), end),
              fields[0].charAt(0),
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[START_TICKS])));
    } catch (NumberFormatException notAStat) {
      return Optional.empty();
    }
  }

  /** For people: {@code 4711 (sleep)}. */
  String address() {
    return pid + " (" + command.replaceAll("\\p{Cntrl}", "?") + ")";
  }

  boolean isZombie() {
    return state == 'Z' || state == 'X';
  }

  boolean isStopped() {
    return state == 'T' || state == 't';
  }
}

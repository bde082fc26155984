package ballot.exec;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/PID/stat}, as far as it matters here; see proc(5).
 *
 * @param start when the process started, in clock ticks since boot: with the pid it names a process
 *     for good, since pids are given away again
 * @param terminal the device number of its controlling terminal, or 0
 * @param foreground the foreground process group of that terminal
 */
record ProcessStat(
    long pid,
    char state,
    long parent,
    long group,
    long session,
    long terminal,
    long foreground,
    long start) {

  /** Fields behind the command's name, counted from the state. */
  private static final int PARENT = 1;

  private static final int GROUP = 2;
  private static final int SESSION = 3;
  private static final int TERMINAL = 4;
  private static final int FOREGROUND = 5;
  private static final int START = 19;

  /** Whether there is still something that runs; a zombie only waits to be counted. */
  boolean isAlive() {
    return state != 'Z' && state != 'X' && state != 'x';
  }

  /** Whether the other is the same process, in whatever state. */
  boolean isSameAs(ProcessStat other) {
    return pid == other.pid && start == other.start;
  }

  /**
   * Reads a line. The command's name is in brackets and may hold brackets and blanks itself, so
   * what follows its last bracket counts.
   *
   * @return null if it is not such a line
   */
  static @Nullable ProcessStat parse(byte[] line, int length) {
    String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
    int nameStart = text.indexOf(" (");
    int nameEnd = text.lastIndexOf(") ");
    if (nameStart < 1 || nameEnd < nameStart) {
      return null;
    }
    String[] fields = text.substring(nameEnd + 2).split(" ", START + 2);
    if (fields.length <= START) {
      return null;
    }
    try {
      return new ProcessStat(
          Long.parseLong(text, 0, nameStart, 10),
          fields[0].charAt(0),
          Long.parseLong(fields[PARENT]),
          Long.parseLong(fields[GROUP]),
          Long.parseLong(fields[SESSION]),
          Long.parseLong(fields[TERMINAL]),
          Long.parseLong(fields[FOREGROUND]),
          Long.parseLong(fields[START].strip()));
    } catch (NumberFormatException notAStatLine) {
      return null;
    }
  }
}

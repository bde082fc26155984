package ballot.exec;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How many process numbers the kernel had given out at one moment, and how many there are.
 *
 * <p>It gives them out in ascending order, without those in use, and begins again when it has come
 * to the highest. Each process and thread takes one; {@code processes} in {@code /proc/stat} counts
 * them all, those of other namespaces included, see proc(5).
 *
 * @param given since the machine was started; 0 if unknown
 * @param inUse at that moment
 * @param highest the number that none reaches
 */
record Numbering(long given, long inUse, long highest) {

  static final Numbering UNKNOWN = new Numbering(0, 0, 0);

  private static final String STAT = "/proc/stat";
  private static final String LOADAVG = "/proc/loadavg";
  private static final String PID_MAX = "/proc/sys/kernel/pid_max";
  private static final int LONGEST = 1 << 16;
  private static final String GIVEN = "\nprocesses ";

  /** As it is now; {@link #UNKNOWN} where that cannot be read. */
  static Numbering now() {
    try {
      long given = readGiven();
      // "0.20 0.18 0.12 1/80 11206": how many of how many run
      String load = text(LOADAVG);
      long inUse = Long.parseLong(load, load.indexOf('/') + 1, load.lastIndexOf(' '), 10);
      String highest = text(PID_MAX);
      return new Numbering(given, inUse, Long.parseLong(highest, 0, highest.length() - 1, 10));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException unusual) {
      return UNKNOWN;
    }
  }

  /**
   * Whether everything that was born later than a process has a higher number than that one, for
   * certain. Only for a process that was born after this was taken.
   */
  boolean ascendsFrom(long pid) {
    if (given <= 0 || inUse <= 0) {
      return false;
    }
    try {
      long since = readGiven() - given;
      // At least that one: where not even it is counted nothing is.
      return since > 0 && since + inUse < highest - pid;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException unusual) {
      return false;
    }
  }

  private static long readGiven() throws IOException {
    String stat = text(STAT);
    int start = stat.lastIndexOf(GIVEN) + GIVEN.length();
    return Long.parseLong(stat, start, stat.indexOf('\n', start), 10);
  }

  /** In one go: the kernel gives the second part of some of these files to nobody. */
  private static String text(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    }
  }
}

package ballot.api;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The kernel's count of the time since boot, suspends included, from {@code /proc/uptime}. */
final class Uptime {

  /** What is read where the system does not say. */
  static final long UNKNOWN = -1;

  private static final int LONGEST = 64;

  private final @Nullable RandomAccessFile file;

  private Uptime(@Nullable RandomAccessFile file) {
    this.file = file;
  }

  static Uptime open() {
    try {
      return new Uptime(new RandomAccessFile("/proc/uptime", "r"));
    } catch (IOException notLinux) {
      return new Uptime(null);
    }
  }

  /** Hundredths of a second, cut off, or {@link #UNKNOWN}. */
  synchronized long hundredths() {
    if (file == null) {
      return UNKNOWN;
    }
    try {
      byte[] text = new byte[LONGEST];
      file.seek(0);
      int length = file.read(text);
      return parse(new String(text, 0, Math.max(length, 0), StandardCharsets.US_ASCII));
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }

  /** Reads {@code 12345.67 …} as hundredths; {@link #UNKNOWN} if it is anything else. */
  static long parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || text.length() < dot + 3) {
      return UNKNOWN;
    }
    try {
      long seconds = Long.parseUnsignedLong(text, 0, dot, 10);
      long hundredths = Long.parseUnsignedLong(text, dot + 1, dot + 3, 10);
      return Math.addExact(Math.multiplyExact(seconds, 100), hundredths);
    } catch (ArithmeticException | NumberFormatException notUptime) {
      return UNKNOWN;
    }
  }
}

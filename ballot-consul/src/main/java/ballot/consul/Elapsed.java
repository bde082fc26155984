package ballot.consul;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Nanoseconds that pass for a lease: those in which the machine was suspended count too.
 *
 * <p>{@link System#nanoTime} stands still while the machine sleeps. {@code /proc/uptime} does not,
 * but counts hundredths of a second, cut off; the largest difference of the two seen so far grows
 * by just the time that was slept. One clock a process: its readings may be compared with each
 * other and with nothing else.
 */
final class Elapsed {

  private static final long NANOS_PER_HUNDREDTH = 10_000_000L;
  private static final long LOOK_EVERY_NANOS = 50_000_000L;
  private static final Elapsed CLOCK = new Elapsed();

  private final @Nullable RandomAccessFile uptime = open();

  /** Guarded by this; written before the time of looking, so that a reader of that sees it. */
  private volatile long ahead = Long.MIN_VALUE;

  private volatile long lookedAt;

  private Elapsed() {
    look();
  }

  /** The present reading. */
  static long nanos() {
    return CLOCK.read();
  }

  private long read() {
    if (System.nanoTime() - lookedAt > LOOK_EVERY_NANOS) {
      look();
    }
    return System.nanoTime() + ahead;
  }

  private synchronized void look() {
    long hundredths = readUptime();
    long nanos = System.nanoTime();
    long difference = hundredths < 0 ? 0 : hundredths * NANOS_PER_HUNDREDTH - nanos;
    ahead = Math.max(ahead, difference);
    lookedAt = nanos;
  }

  private long readUptime() {
    if (uptime == null) {
      return -1;
    }
    try {
      byte[] text = new byte[64];
      uptime.seek(0);
      int length = uptime.read(text);
      return parse(new String(text, 0, Math.max(length, 0), StandardCharsets.US_ASCII));
    } catch (IOException unreadable) {
      return -1;
    }
  }

  /** Reads {@code 12345.67 …} as hundredths; -1 if it is anything else. */
  static long parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || text.length() < dot + 3) {
      return -1;
    }
    try {
      return Long.parseLong(text, 0, dot, 10) * 100 + Long.parseLong(text, dot + 1, dot + 3, 10);
    } catch (NumberFormatException notUptime) {
      return -1;
    }
  }

  private static @Nullable RandomAccessFile open() {
    try {
      return new RandomAccessFile("/proc/uptime", "r");
    } catch (IOException notLinux) {
      return null;
    }
  }
}

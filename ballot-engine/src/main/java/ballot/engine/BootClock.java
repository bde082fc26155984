package ballot.engine;

import ballot.engine.core.Moment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The time since the machine was booted, the time that it was suspended included, in the resolution
 * of {@link System#nanoTime}.
 *
 * <p>nanoTime stands still while the machine sleeps, and a lease does not; {@code /proc/uptime}
 * counts both, in hundredths of a second that are cut off and never rounded up (proc(5)). So the
 * difference of the two, taken at its largest, is exact to 10 ms, and it grows by just the time
 * that was slept. Being up to 10 ms behind makes a lease look older than it is, which is the safe
 * side.
 *
 * <p>Where there is no {@code /proc/uptime} this is nanoTime, and suspends go unnoticed.
 */
public final class BootClock implements Now, AutoCloseable {

  private static final long NANOS_PER_HUNDREDTH = 10_000_000L;
  private static final long LOOK_EVERY_NANOS = 50_000_000L;

  private final @Nullable RandomAccessFile uptime;
  private final AtomicLong ahead;
  private volatile long lookedAt;

  /** Starts reading. */
  public BootClock() {
    this.uptime = open();
    this.ahead = new AtomicLong(Long.MIN_VALUE);
    look();
  }

  @Override
  public Moment read() {
    long nanos = System.nanoTime();
    if (nanos - lookedAt > LOOK_EVERY_NANOS) {
      look();
      nanos = System.nanoTime();
    }
    return new Moment(nanos + ahead.get());
  }

  private synchronized void look() {
    long hundredths = readUptime();
    long nanos = System.nanoTime();
    lookedAt = nanos;
    long difference = hundredths < 0 ? 0 : hundredths * NANOS_PER_HUNDREDTH - nanos;
    ahead.accumulateAndGet(difference, Math::max);
  }

  /** Hundredths of a second, or -1 where the system does not say. */
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

  @Override
  public void close() {
    if (uptime != null) {
      try {
        uptime.close();
      } catch (IOException alreadyGone) {
        // nothing was written; nothing can be lost
      }
    }
  }
}

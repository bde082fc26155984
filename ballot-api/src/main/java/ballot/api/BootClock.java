package ballot.api;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The time since the machine was booted, the time that it was suspended included, in the resolution
 * of {@link System#nanoTime}.
 *
 * <p>nanoTime stands still while the machine sleeps, and a lease does not; {@code /proc/uptime}
 * counts both, in hundredths of a second that are cut off and never rounded up (proc(5)). So the
 * difference of the two, taken at its largest, is exact to 10 ms, and it grows by just the time
 * that was slept. It never shrinks, so that a lease looks up to 10 ms older than it is, and never
 * younger. A suspend is noticed within 50 ms of waking.
 *
 * <p>Where there is no {@code /proc/uptime} this is nanoTime, and suspends go unnoticed.
 *
 * <p>Whoever waits for a lease to run out, or stops before one does, counts on this clock. Safe for
 * use by many threads.
 */
public final class BootClock {

  private static final long NANOS_PER_HUNDREDTH = 10_000_000L;
  private static final long LOOK_EVERY_NANOS = 50_000_000L;
  private static final BootClock SYSTEM =
      new BootClock(Uptime.open()::hundredths, System::nanoTime);

  private final LongSupplier hundredths;
  private final LongSupplier nanoTime;
  private final AtomicLong ahead = new AtomicLong(Long.MIN_VALUE);
  private volatile long lookedAt;

  BootClock(LongSupplier hundredths, LongSupplier nanoTime) {
    this.hundredths = hundredths;
    this.nanoTime = nanoTime;
    look();
  }

  /**
   * The present reading, in nanoseconds from some fixed moment. Never goes back. Readings of one
   * process may be compared with each other and with nothing else.
   */
  public static long nanos() {
    return SYSTEM.read();
  }

  long read() {
    long nanos = nanoTime.getAsLong();
    if (nanos - lookedAt > LOOK_EVERY_NANOS) {
      look();
      nanos = nanoTime.getAsLong();
    }
    return nanos + ahead.get();
  }

  /**
   * The uptime is read first: what passes in between makes the difference too small, not too big.
   */
  private void look() {
    long uptime = hundredths.getAsLong();
    long nanos = nanoTime.getAsLong();
    lookedAt = nanos;
    if (uptime != Uptime.UNKNOWN) {
      ahead.accumulateAndGet(uptime * NANOS_PER_HUNDREDTH - nanos, Math::max);
    } else {
      ahead.compareAndSet(Long.MIN_VALUE, 0);
    }
  }
}

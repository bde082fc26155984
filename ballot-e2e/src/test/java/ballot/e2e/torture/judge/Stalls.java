package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * When this machine did not let a thread run that was due: a clock that ticks, and notes how late
 * it does. On a machine that stands still, nothing that is to act in time can, and nothing that is
 * seen is seen in time; a bound is lengthened by what is noted here, and by nothing that is
 * guessed. Safe for use by many threads.
 */
public final class Stalls implements AutoCloseable {

  private static final long TICK_NANOS = 20_000_000L;

  /** Less is what the bounds allow for anyway. */
  private static final long LEAST_NANOS = 30_000_000L;

  private static final int KEPT = 20_000;

  private final ConcurrentLinkedDeque<Stall> stalls = new ConcurrentLinkedDeque<>();
  private final Thread thread;
  private volatile long longestNanos;
  private volatile boolean closed;

  private record Stall(long fromNanos, long toNanos) {}

  /** Begins to tick. */
  public Stalls() {
    this.thread = Thread.ofPlatform().daemon(true).name("torture-clock").start(this::tick);
  }

  private void tick() {
    try {
      long before = BootClock.nanos();
      while (!closed) {
        Thread.sleep(TICK_NANOS / 1_000_000);
        long now = BootClock.nanos();
        if (now - before > TICK_NANOS + LEAST_NANOS) {
          note(before + TICK_NANOS, now);
        }
        before = now;
      }
    } catch (InterruptedException closing) {
      // nothing is left to do
    }
  }

  private void note(long fromNanos, long toNanos) {
    longestNanos = Math.max(longestNanos, toNanos - fromNanos);
    stalls.addLast(new Stall(fromNanos, toNanos));
    if (stalls.size() > KEPT) {
      stalls.pollFirst();
    }
  }

  /** For how much of that time the machine stood still. */
  long within(long fromNanos, long toNanos) {
    return stalls.stream()
        .mapToLong(
            stall ->
                Math.max(
                    0, Math.min(stall.toNanos, toNanos) - Math.max(stall.fromNanos, fromNanos)))
        .sum();
  }

  /** The same as a duration. */
  public Duration between(long fromNanos, long toNanos) {
    return Duration.ofNanos(within(fromNanos, toNanos));
  }

  /** The longest of them. */
  public long longestNanos() {
    return longestNanos;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}

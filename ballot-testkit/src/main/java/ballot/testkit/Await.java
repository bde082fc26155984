package ballot.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waiting in tests: for a condition, with a bound, and never for a fixed time.
 *
 * <p>A wait that is over fails the test with what was waited for. An interrupt ends it the same way
 * and stays set.
 */
public final class Await {

  private static final long PAUSE_NANOS = 1_000_000;

  private Await() {}

  /** Waits until the condition holds. */
  public static void until(String what, Duration bound, Callable<Boolean> condition) {
    value(what, bound, () -> condition.call() ? Boolean.TRUE : null);
  }

  /** Waits until there is a value, which is anything but null. */
  public static <T> T value(String what, Duration bound, Callable<@Nullable T> attempt) {
    long start = System.nanoTime();
    while (true) {
      T value = call(what, attempt);
      if (value != null) {
        return value;
      }
      if (System.nanoTime() - start > bound.toNanos() || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("waited in vain for " + bound + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Checks over and over, for that long, that the condition holds. */
  public static void always(String what, Duration span, Callable<Boolean> condition) {
    long start = System.nanoTime();
    do {
      if (!checked(what, condition)) {
        Duration after = Duration.ofNanos(System.nanoTime() - start);
        throw new AssertionError("held no longer after " + after + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() - start < span.toNanos());
  }

  private static boolean checked(String what, Callable<Boolean> condition) {
    return call(what, () -> condition.call() ? Boolean.TRUE : null) != null;
  }

  private static <T> @Nullable T call(String what, Callable<@Nullable T> attempt) {
    try {
      return attempt.call();
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Exception failure) {
      throw new AssertionError("while waiting for: " + what, failure);
    }
  }
}

package ballot.consul;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a question may still take, and how another thread ends it sooner.
 *
 * <p>A thread that is about to block on something names it; when the patience is over, that thing
 * is closed under the thread's hands. Blocking input and output knows no other end.
 */
final class Patience {

  private static final long LONGEST_NANOS = Duration.ofDays(1).toNanos();

  private final @Nullable Patience whole;
  private final long endsAt;

  /** Guarded by this. */
  private @Nullable Closeable engaged;

  /** Guarded by this. */
  private boolean ended;

  private Patience(@Nullable Patience whole, long nanos) {
    this.whole = whole;
    this.endsAt = System.nanoTime() + Math.min(nanos, LONGEST_NANOS);
  }

  /** From now on. */
  static Patience of(Duration budget) {
    return new Patience(
        null,
        budget.toSeconds() > LONGEST_NANOS / 1_000_000_000 ? LONGEST_NANOS : budget.toNanos());
  }

  /** A part of this patience, for a step that must not use all of it up. */
  Patience atMost(Duration budget) {
    return new Patience(this, Math.min(budget.toNanos(), Math.max(nanosLeft(), 0)));
  }

  long nanosLeft() {
    return endsAt - System.nanoTime();
  }

  boolean isOver() {
    return wasEnded() || nanosLeft() <= 0;
  }

  /** Whether it was ended from outside, rather than by time. */
  boolean wasEnded() {
    synchronized (this) {
      if (ended) {
        return true;
      }
    }
    return whole != null && whole.wasEnded();
  }

  /**
   * Names what has to be closed when the patience ends.
   *
   * @throws InterruptedIOException when it is over already; then the resource is closed at once
   */
  void engage(Closeable resource) throws InterruptedIOException {
    if (!accepts(resource)) {
      close(resource);
      throw new InterruptedIOException("no time left");
    }
    if (whole != null) {
      whole.engage(resource);
    }
  }

  private synchronized boolean accepts(Closeable resource) {
    if (ended || nanosLeft() <= 0) {
      return false;
    }
    engaged = resource;
    return true;
  }

  /** The blocking part is over; nothing is to be closed any more. */
  void disengage() {
    synchronized (this) {
      engaged = null;
    }
    if (whole != null) {
      whole.disengage();
    }
  }

  /** Ends the question; from any thread, also when it has ended already. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    closeEngaged();
  }

  /** Closes what is blocked on, because the time is over. */
  void closeEngaged() {
    Closeable resource;
    synchronized (this) {
      resource = engaged;
      engaged = null;
    }
    if (resource != null) {
      close(resource);
    }
  }

  private static void close(Closeable resource) {
    try {
      resource.close();
    } catch (IOException alreadyGone) {
      // closing is all that was wanted
    }
  }
}

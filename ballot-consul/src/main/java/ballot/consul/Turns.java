package ballot.consul;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many calls at a time, the others about in the order in which they came. A call that hangs
 * counts no more after a moment if somebody waits for its turn: one that gets no answer must not
 * keep the others from theirs.
 */
final class Turns {

  /** Patience, and what hangs, are looked at this often while waiting. */
  private static final long LOOK_NANOS = 20_000_000L;

  private static final long HANGS_NANOS = 100_000_000L;

  /** So many may hang and not be counted: the agent does not let a client have any number. */
  private static final int MOST_HANGING = 40;

  private final Semaphore free;

  /** Guarded by this; in the order in which they began. */
  private final Set<Turn> counted = new LinkedHashSet<>();

  /** Guarded by this. */
  private int hanging;

  /** One call's. */
  static final class Turn {
    private final long begunAt = System.nanoTime();
  }

  Turns(int atATime) {
    this.free = new Semaphore(atATime, true);
  }

  Turn take(Patience patience) throws IOException {
    try {
      do {
        if (Thread.currentThread().isInterrupted() || patience.isOver()) {
          throw new InterruptedIOException("no connection was free");
        }
      } while (!isFree(Math.min(LOOK_NANOS, patience.nanosLeft())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    Turn turn = new Turn();
    synchronized (this) {
      counted.add(turn);
    }
    return turn;
  }

  private boolean isFree(long nanos) throws InterruptedException {
    if (free.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      return true;
    }
    discountOldest();
    return false;
  }

  private synchronized void discountOldest() {
    long now = System.nanoTime();
    var oldest = counted.iterator();
    while (hanging < MOST_HANGING
        && oldest.hasNext()
        && now - oldest.next().begunAt > HANGS_NANOS) {
      oldest.remove();
      hanging++;
      free.release();
    }
  }

  /** It is over; whether it was counted to the end. */
  synchronized boolean end(Turn turn) {
    if (counted.remove(turn)) {
      free.release();
      return true;
    }
    hanging--;
    return false;
  }
}

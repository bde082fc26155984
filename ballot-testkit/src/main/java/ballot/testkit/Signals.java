package ballot.testkit;

import ballot.api.ChangeSignal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the signals of a candidacy, and waits for them. */
public final class Signals implements ChangeSignal {

  private final Semaphore pending = new Semaphore(0);

  @Override
  public void lookAgain() {
    pending.release();
  }

  /** Forgets the signals so far. */
  public void forget() {
    pending.drainPermits();
  }

  /** Waits for a signal, at most that long; all that have come count as one. */
  public boolean await(Duration bound) throws InterruptedException {
    boolean came = pending.tryAcquire(bound.toNanos(), TimeUnit.NANOSECONDS);
    forget();
    return came;
  }
}

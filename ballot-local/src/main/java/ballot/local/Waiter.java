package ballot.local;

import ballot.api.ChangeSignal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that waits for a seat: in the kernel for the lock, then for what is in the way of
 * leading. There while there is something to wait for, at most one for each election.
 */
final class Waiter implements Runnable {

  /** Where the kernel sees a deadlock it does not let us wait, so the lock is tried this often. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);

  private static final Logger LOG = System.getLogger(Waiter.class.getName());

  private final Seat seat;
  private final Thread thread;

  /** What to do next. */
  sealed interface Step {

    /** Nothing: end. */
    record End() implements Step {}

    /** Ask again after a while, or when nudged. */
    record Pause(Duration time) implements Step {}

    /** Wait until the lock is ours, or closed. */
    record WaitFor(ElectionLock lock) implements Step {}
  }

  private Waiter(Seat seat) {
    this.seat = seat;
    this.thread = Thread.ofPlatform().daemon().name("ballot-waits-" + seat.name()).unstarted(this);
  }

  static Waiter start(Seat seat) {
    Waiter waiter = new Waiter(seat);
    waiter.thread.start();
    return waiter;
  }

  /** Something changed: do not finish a pause. */
  void nudge() {
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    try {
      boolean goesOn = true;
      while (goesOn) {
        List<ChangeSignal> due = new ArrayList<>();
        Step step = seat.step(due);
        due.forEach(ChangeSignal::lookAgain);
        goesOn = perform(step);
      }
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "a fault of ours ended the wait for " + seat.name(), fault);
      seat.lose(this);
    }
  }

  private boolean perform(Step step) {
    switch (step) {
      case Step.End ignored -> {
        return false;
      }
      case Step.Pause pause -> LockSupport.parkNanos(pause.time().toNanos());
      case Step.WaitFor wait -> waitFor(wait.lock());
    }
    return true;
  }

  private static void waitFor(ElectionLock lock) {
    try {
      lock.waitFor();
    } catch (IOException refused) {
      if (lock.isOpen()) {
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }
}

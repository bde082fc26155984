package ballot.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that gives orders: to the guard and about running commands. Its thread exists from
 * the beginning, since there may be none to be had when it is needed. Nothing on it may block.
 */
final class Desk {

  private static final Logger LOG = System.getLogger(Desk.class.getName());

  private final ScheduledThreadPoolExecutor executor;

  Desk() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ballot-exec").factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.prestartCoreThread();
  }

  /** Does a task when its turn comes; after {@link #close} not at all, and then says so. */
  boolean run(Runnable task) {
    return later(Duration.ZERO, task);
  }

  /** Does a task after a while. */
  boolean later(Duration delay, Runnable task) {
    try {
      executor.schedule(() -> runLogged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  void close() {
    executor.shutdown();
  }

  @SuppressWarnings("CatchingUnchecked") // the thread's top
  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "a fault of ours while looking after commands", fault);
    }
  }
}

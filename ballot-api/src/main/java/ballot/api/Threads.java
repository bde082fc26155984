package ballot.api;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of a plugin: they have a name, a small stack, and keep no process alive. Safe for use by
 * many threads.
 */
public final class Threads {

  private static final int STACK_BYTES = 512 * 1024;

  private Threads() {}

  /** A thread that has not started. */
  public static Thread daemon(String name, Runnable role) {
    Thread thread = new Thread(null, role, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** One thread that does things later; what is still to come when it is shut down is dropped. */
  public static ScheduledThreadPoolExecutor scheduler(String name) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, role -> daemon(name, role));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return scheduler;
  }

  /** Waits for a scheduler to end, at most that many milliseconds, and keeps the interrupt flag. */
  public static void await(ScheduledThreadPoolExecutor scheduler, long millis) {
    boolean interrupted = Thread.interrupted();
    try {
      var unused = scheduler.awaitTermination(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a thread to end, at most that many milliseconds, and keeps the interrupt flag. */
  public static void join(Thread thread, long millis) {
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(millis);
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

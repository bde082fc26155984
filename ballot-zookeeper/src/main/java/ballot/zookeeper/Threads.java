package ballot.zookeeper;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads with a name, which keep no process alive. */
final class Threads {

  private static final int STACK_BYTES = 512 * 1024;

  private Threads() {}

  static Thread daemon(String name, Runnable role) {
    Thread thread = new Thread(null, role, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** One thread that does things later. */
  static ScheduledThreadPoolExecutor scheduler(String name) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(1, role -> daemon(name, role));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return scheduler;
  }

  /** Waits for a scheduler to end, at most that long, and keeps the interrupt flag. */
  static void await(ScheduledThreadPoolExecutor scheduler, long millis) {
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

  /** Waits for a thread to end, at most that long, and keeps the interrupt flag. */
  static void join(Thread thread, long millis) {
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

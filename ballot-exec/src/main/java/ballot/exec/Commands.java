package ballot.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Starts commands under a guard: a small process that outlives this one and kills what it was
 * running.
 *
 * <p>A command runs in a session of its own, or as the foreground job of our terminal, see {@link
 * CommandOutput}. The guard knows it before it is executed. When this process ends, in whatever
 * way, the guard kills every process of every session; when this process is frozen, it does so at
 * the command's deadline. A daemon that begins a session of its own is not covered, nor is killing
 * both this process and the guard. As long as there is no guard nothing is started.
 *
 * <p>Safe for use by many threads; no method but {@link #close} blocks.
 */
public final class Commands implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Commands.class.getName());

  private final Desk desk = new Desk();
  private final ProcessTable table = new ProcessTable();
  private final Guard guard;
  private final Map<Long, CommandTask> tasks = new ConcurrentHashMap<>();
  private final AtomicLong lastRun = new AtomicLong();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private Commands(Shell shell, GuardListener listener) {
    guard = new Guard(desk, table, shell, listener, new Router());
  }

  /**
   * Begins, and returns while the guard is still being started.
   *
   * @param shell runs the guard
   * @param listener hears when the guard is lost
   */
  public static Commands open(Shell shell, GuardListener listener) {
    Commands commands = new Commands(shell, listener);
    commands.desk.run(commands.guard::open);
    return commands;
  }

  /**
   * Starts a command. Returns at once; a command that cannot be started ends as {@link
   * CommandEnd.NotStarted}.
   *
   * @param deadline when the guard kills it, unless it is extended; past that it is not started
   */
  public RunningCommand start(CommandSpec spec, Deadline deadline, CommandListener listener) {
    long run = lastRun.incrementAndGet();
    CommandTask task =
        new CommandTask(run, spec, deadline, listener, new Workshop(desk, table, guard));
    tasks.put(run, task);
    task.begin(() -> tasks.remove(run));
    return task;
  }

  /**
   * Kills what still runs, waits until it is gone and its output delivered, for some seconds at
   * most, and lets the guard go. Further calls do nothing.
   */
  @Override
  public void close() {
    if (isClosed.getAndSet(true)) {
      return;
    }
    tasks.values().forEach(CommandTask::kill);
    boolean interrupted = false;
    for (CommandTask task : tasks.values()) {
      interrupted |= !await(task.over(), Duration.ofSeconds(5));
    }
    CountDownLatch told = new CountDownLatch(1);
    desk.run(
        () -> {
          guard.close(told::countDown);
          desk.close();
        });
    interrupted |= !await(told, Duration.ofMillis(500));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for some time at most; false when interrupted. */
  private static boolean await(CountDownLatch latch, Duration atMost) {
    try {
      if (!latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.DEBUG, "something was not over in time when commands were closed");
      }
      return true;
    } catch (InterruptedException toldToHurry) {
      return false;
    }
  }

  /** What every command needs. */
  record Workshop(Desk desk, ProcessTable table, Guard guard) {}

  /** Brings what the guard says to the command that it is about. */
  private final class Router implements Guard.Answers {

    @Override
    public void registered(long run, long pid) {
      find(run).ifPresent(task -> task.order(attempt -> attempt.registered(pid)));
    }

    @Override
    public void refused(long run, String why) {
      find(run).ifPresent(task -> task.order(attempt -> attempt.refused(why)));
    }

    @Override
    public void expired(long run) {
      find(run).ifPresent(task -> task.order(Attempt::expired));
    }

    private Optional<CommandTask> find(long run) {
      return Optional.ofNullable(tasks.get(run));
    }
  }
}

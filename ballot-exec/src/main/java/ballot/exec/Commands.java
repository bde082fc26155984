package ballot.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
  private final AtomicReference<@Nullable Standby> standby = new AtomicReference<>();
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
   * Makes ready for a command that may soon be started: whoever starts one that differs from it in
   * nothing but where its output goes, its stop timeout, and variables named {@code BALLOT_…} that
   * were added or have another value, has it begin some milliseconds earlier. Returns at once.
   * There is one at most that stands by, the latest; a command that does not take its output
   * through us cannot.
   */
  public void prepare(CommandSpec spec) {
    Standby now = standby.get();
    if (isClosed.get()
        || !(spec.output() instanceof CommandOutput.Relayed)
        || now != null && now.isFor(spec)) {
      return;
    }
    Standby next = new Standby(lastRun.incrementAndGet(), spec);
    standBy(next);
    next.begin(workshop());
    if (isClosed.get()) {
      unprepare();
    }
  }

  /** Nothing will be started soon. */
  public void unprepare() {
    standBy(null);
  }

  /**
   * Goes through what comes before the start of a command and after its end, as far as that needs
   * no process: what was done often is done quickly. Takes about a millisecond.
   */
  public void rehearse(CommandSpec spec) {
    var unusedReady = new Standby(0, spec).isFor(spec);
    long self = ProcessHandle.current().pid();
    var unusedLook =
        table.look(Numbering.now().ascendsFrom(self) ? self : self + 1, process -> false);
  }

  private void standBy(@Nullable Standby next) {
    Standby last = standby.getAndSet(next);
    if (last != null) {
      last.dismiss();
    }
  }

  private Workshop workshop() {
    return new Workshop(desk, table, guard);
  }

  /**
   * Starts a command. Returns at once; a command that cannot be started ends as {@link
   * CommandEnd.NotStarted}.
   *
   * @param deadline when the guard kills it, unless it is extended; past that it is not started
   */
  public RunningCommand start(CommandSpec spec, Deadline deadline, CommandListener listener) {
    Standby ready = standby.get();
    if (ready != null && !(ready.isFor(spec) && standby.compareAndSet(ready, null))) {
      ready = null;
    }
    long run = ready == null ? lastRun.incrementAndGet() : ready.run();
    CommandTask task = new CommandTask(run, spec, deadline, listener, workshop(), ready);
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
    unprepare();
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
  record Workshop(Desk desk, ProcessTable table, Guard guard) {

    /** A guard that expects every run that was announced to it before. */
    GuardProcess guardWithin(Duration atMost)
        throws InterruptedException, ExecutionException, TimeoutException {
      CompletableFuture<GuardProcess> prepared = new CompletableFuture<>();
      desk.run(() -> guard.prepare(prepared));
      return prepared.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

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

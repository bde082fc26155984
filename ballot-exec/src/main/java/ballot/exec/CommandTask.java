package ballot.exec;

import ballot.exec.CommandEnd.NotStarted;
import ballot.exec.CommandEnd.Reason;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One command from its order to its end. A thread of its own starts it, waits for it and tells the
 * listener; orders are carried out on the desk.
 */
final class CommandTask implements RunningCommand, Attempt.Owner {

  private static final Logger LOG = System.getLogger(CommandTask.class.getName());

  private static final Duration GUARD_WITHIN = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  private final long run;
  private final CommandSpec spec;
  private final CommandListener listener;
  private final Commands.Workshop workshop;
  private final AtomicReference<@Nullable Standby> standby;
  private final CountDownLatch over = new CountDownLatch(1);

  /** Orders that came before there was a process; on the desk only. */
  private final Queue<Consumer<Attempt>> early = new ArrayDeque<>();

  private volatile Deadline deadline;
  private volatile boolean isCancelled;
  private volatile boolean isGone;
  private volatile @Nullable Attempt attempt;

  /**
   * With what it needs.
   *
   * @param standby what was made ready for it; null for nothing
   */
  CommandTask(
      long run,
      CommandSpec spec,
      Deadline deadline,
      CommandListener listener,
      Commands.Workshop workshop,
      @Nullable Standby standby) {
    this.run = run;
    this.spec = spec;
    this.deadline = deadline;
    this.listener = listener;
    this.workshop = workshop;
    this.standby = new AtomicReference<>(standby);
  }

  /**
   * Begins.
   *
   * @param onOver called when nothing is left to do
   */
  void begin(Runnable onOver) {
    workshop.desk().run(() -> workshop.guard().expect(run, deadline));
    try {
      Thread.ofPlatform().daemon().name("ballot-run-" + run).start(() -> work(onOver));
    } catch (OutOfMemoryError noThread) {
      NotStarted end = new NotStarted(Reason.FAILED, "there is no room for another thread");
      workshop.desk().run(() -> finish(end, onOver));
    }
  }

  /** Open until nothing is left to do, the delivery of output included. */
  CountDownLatch over() {
    return over;
  }

  @Override
  public boolean isCancelled() {
    return isCancelled;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void started(long pid) {
    tell(() -> listener.started(pid));
  }

  @Override
  public void extend(Deadline later) {
    deadline = later;
    workshop
        .desk()
        .run(
            () -> {
              if (!isGone) {
                workshop.guard().expect(run, deadline);
              }
            });
  }

  @Override
  public void signal(CommandSignal signal) {
    order(running -> running.signal(signal));
  }

  @Override
  public void terminate(CommandSignal signal) {
    isCancelled = true;
    order(running -> running.terminate(signal));
  }

  @Override
  public void kill() {
    isCancelled = true;
    order(Attempt::kill);
  }

  /** Does something with the process, on the desk, as soon as there is one. */
  void order(Consumer<Attempt> order) {
    workshop
        .desk()
        .run(
            () -> {
              early.add(order);
              carryOut();
            });
  }

  private void carryOut() {
    Attempt now = attempt;
    if (isGone) {
      early.clear();
    }
    while (now != null && !early.isEmpty()) {
      early.remove().accept(now);
    }
  }

  private void work(Runnable onOver) {
    CommandEnd end;
    try {
      end = tryToRun();
    } catch (InterruptedException nobodyDoesThat) {
      throw new IllegalStateException("a command's thread was interrupted", nobodyDoesThat);
    }
    finish(end, onOver);
  }

  private void finish(CommandEnd end, Runnable onOver) {
    isGone = true;
    Standby unused = standby.getAndSet(null);
    if (unused != null) {
      unused.dismiss();
    }
    workshop.desk().run(() -> workshop.guard().forget(run));
    Attempt last = attempt;
    try {
      if (last != null) {
        last.settleOutput();
      }
      tell(() -> listener.ended(end));
      if (last != null) {
        last.awaitOutput();
      }
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      onOver.run();
      over.countDown();
    }
  }

  private CommandEnd tryToRun() throws InterruptedException {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (isCancelled) {
        break;
      }
      CommandEnd end = tryOnce();
      if (!(end instanceof NotStarted none) || none.reason() != Reason.UNGUARDED) {
        return end;
      }
      LOG.log(Level.DEBUG, "run {0,number,#} has no guard: {1}", run, none.message());
    }
    return isCancelled
        ? new NotStarted(Reason.CANCELLED, "told to end before it had begun")
        : new NotStarted(Reason.UNGUARDED, "there is no guard");
  }

  private CommandEnd tryOnce() throws InterruptedException {
    try {
      Attempt next = new Attempt(run, spec, workshop, wrapper(workshop.guardWithin(GUARD_WITHIN)));
      attempt = next;
      workshop.desk().run(this::carryOut);
      return next.attend(this);
    } catch (ExecutionException | TimeoutException none) {
      return new NotStarted(Reason.UNGUARDED, "no guard: " + none.getMessage());
    } catch (IOException | OutOfMemoryError impossible) {
      return new NotStarted(
          Reason.FAILED,
          "could not make a process for %s: %s"
              .formatted(spec.argv().getFirst(), impossible.getMessage()));
    }
  }

  /** The one that stands by, the first time; else a new one. */
  private Wrapper wrapper(GuardProcess guard) throws IOException, InterruptedException {
    Standby ready = standby.getAndSet(null);
    Optional<Wrapper> waiting =
        ready == null ? Optional.empty() : ready.take(guard, workshop.table());
    return waiting.isPresent()
        ? waiting.get()
        : Wrapper.launch(spec, run, deadline, guard, workshop.table());
  }

  private static void tell(Runnable news) {
    try {
      news.run();
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "a listener of a command has failed", fault);
    }
  }
}

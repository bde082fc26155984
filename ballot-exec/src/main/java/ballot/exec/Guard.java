package ballot.exec;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one guard process alive, and tells every new one what the last one knew.
 *
 * <p>All methods are called on the desk's thread, which guards all fields; so do the callbacks.
 */
final class Guard implements GuardProcess.Ears {

  private static final Logger LOG = System.getLogger(Guard.class.getName());

  private static final Duration PING_EVERY = Duration.ofSeconds(2);
  private static final Duration READY_WITHIN = Duration.ofSeconds(5);
  private static final Duration FORGIVE_AFTER = Duration.ofMinutes(1);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int TRIES = 5;

  private final Desk desk;
  private final ProcessTable table;
  private final Shell shell;
  private final GuardListener listener;
  private final Answers answers;

  private final GuardBook book = new GuardBook();
  private final List<CompletableFuture<GuardProcess>> waiting = new ArrayList<>();

  private @Nullable GuardProcess launched;
  private @Nullable GuardProcess ready;
  private @Nullable String complaint;
  private @Nullable String loss;
  private int failures;
  private long sequence;
  private int unansweredPings;
  private boolean closed;

  /** What the guard says about runs. */
  interface Answers {

    /** A run is registered, in this process. */
    void registered(long run, long pid);

    /** A run's wrapper did not execute the command. */
    void refused(long run, String why);

    /** A run was killed as its deadline had passed. */
    void expired(long run);
  }

  Guard(Desk desk, ProcessTable table, Shell shell, GuardListener listener, Answers answers) {
    this.desk = desk;
    this.table = table;
    this.shell = shell;
    this.listener = listener;
    this.answers = answers;
  }

  /** Begins. */
  void open() {
    launch();
    ping();
  }

  /** A run is to be expected, or may go on, until then. */
  void expect(long run, Deadline deadline) {
    tell(book.expect(run, deadline));
  }

  /**
   * Gives a guard that expects all runs, or fails if there is none and none can be started. What a
   * wrapper then writes to the guard comes after the expectation.
   */
  void prepare(CompletableFuture<GuardProcess> prepared) {
    if (ready != null) {
      announce(ready, prepared);
    } else if (closed || failures >= TRIES) {
      prepared.completeExceptionally(new IOException("there is no guard: " + loss));
    } else {
      waiting.add(prepared);
    }
  }

  /** The processes of a run are known: a new guard is to hear of them. */
  void know(long run, Kin kin) {
    book.know(run, kin);
  }

  /** A run is gone. */
  void forget(long run) {
    if (book.forget(run)) {
      tell("forget " + run);
    }
  }

  /** The guard is to kill a run, as we do: four hands are better when something has run out. */
  void kill(long run) {
    tell("kill " + run);
  }

  /** Sends a signal to a process group; again through the next guard if this one fails over it. */
  void signal(long run, String name, long group) {
    long number = ++sequence;
    String line = "signal %d %s %d".formatted(number, name, group);
    book.order(number, run, line);
    tell(line);
  }

  /** Ends in order; says when the guard has been told. */
  void close(Runnable told) {
    closed = true;
    failWaiting();
    if (launched == null) {
      told.run();
    } else {
      launched.dismiss(told);
    }
  }

  private void tell(String line) {
    if (ready != null) {
      ready.tell(line);
    }
  }

  private void launch() {
    if (closed || launched != null) {
      return;
    }
    // Making a process takes a millisecond or two, and for ever on a dead file system.
    Thread.ofPlatform()
        .daemon()
        .name("ballot-guard-start")
        .start(
            () -> {
              try {
                GuardProcess guard = GuardProcess.launch(shell, table, this);
                boolean isWanted = desk.run(() -> launched(guard));
                guard.begin();
                if (!isWanted) {
                  guard.dismiss(() -> {});
                }
              } catch (IOException impossible) {
                desk.run(() -> failed(String.valueOf(impossible.getMessage())));
              }
            });
  }

  private void launched(GuardProcess guard) {
    launched = guard;
    if (closed) {
      guard.dismiss(() -> {});
    }
    desk.later(
        READY_WITHIN,
        () -> {
          if (launched == guard && ready != guard) {
            complaint = "it did not get ready";
            guard.kill();
          }
        });
  }

  @Override
  public void heard(GuardProcess guard, String line) {
    desk.run(() -> hear(guard, line));
  }

  @Override
  public void lost(GuardProcess guard, String why) {
    desk.run(
        () -> {
          if (guard == launched && !closed) {
            failed("%s (pid %d)".formatted(why, guard.pid()));
          }
        });
  }

  private void hear(GuardProcess guard, String line) {
    if (guard != launched) {
      return;
    }
    String[] words = line.split(" ", 3);
    String second = words.length > 1 ? words[1] : "";
    switch (words[0]) {
      case "ready" -> becomeReady(guard);
      case "unfit" -> complaint = line.substring("unfit ".length());
      case "run", "job" -> answers.registered(Long.parseLong(second), Long.parseLong(words[2]));
      case "refuse" -> answers.refused(Long.parseLong(second), words[2]);
      case "expired" -> answers.expired(Long.parseLong(second));
      case "did" -> book.confirm(Long.parseLong(second));
      case "pong" -> unansweredPings = 0;
      default -> LOG.log(Level.DEBUG, "the guard said something unknown: {0}", words[0]);
    }
  }

  private void becomeReady(GuardProcess guard) {
    ready = guard;
    unansweredPings = 0;
    book.recite(guard::tell);
    LOG.log(Level.DEBUG, "guard {0,number,#} is on watch: {1}", guard.pid(), shell.words());
    if (loss != null) {
      String why = loss;
      loss = null;
      // Not before it has been told everything: until then it guards nothing.
      guard.tell("ping 0", () -> desk.run(() -> listener.replaced(why)));
      int then = failures;
      desk.later(FORGIVE_AFTER, () -> failures = failures == then ? 0 : failures);
    }
    waiting.forEach(prepared -> announce(guard, prepared));
    waiting.clear();
  }

  private static void announce(GuardProcess guard, CompletableFuture<GuardProcess> prepared) {
    guard.tell("ping 0", () -> prepared.complete(guard));
  }

  private void failed(String why) {
    launched = null;
    ready = null;
    loss = complaint == null ? why : complaint;
    complaint = null;
    failures++;
    if (failures == TRIES) {
      listener.missing(loss);
    }
    if (failures >= TRIES) {
      failWaiting();
    }
    desk.later(failures < TRIES ? Duration.ofMillis(100L * (failures - 1)) : RETRY, this::launch);
  }

  private void failWaiting() {
    waiting.forEach(
        prepared -> prepared.completeExceptionally(new IOException("there is no guard: " + loss)));
    waiting.clear();
  }

  /** A guard that was stopped is no guard. We may have been stopped ourselves: so twice. */
  private void ping() {
    if (ready != null && !book.isEmpty()) {
      if (unansweredPings >= 2) {
        complaint = "it did not answer";
        ready.kill();
      } else {
        unansweredPings++;
        ready.tell("ping " + ++sequence);
      }
    }
    desk.later(PING_EVERY, this::ping);
  }
}

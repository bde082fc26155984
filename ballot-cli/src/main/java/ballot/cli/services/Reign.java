package ballot.cli.services;

import ballot.api.Hook;
import ballot.api.HookCall.Role;
import ballot.api.HookOutcome;
import ballot.api.ServiceSpec;
import ballot.api.Term;
import ballot.cli.logging.CommandStream;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.Story;
import ballot.engine.Work.Ended;
import ballot.engine.Work.Order;
import ballot.engine.core.Event.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One leadership of one service, from its promote hook to its demote hook: one thread that runs
 * them one after the other, and is interrupted when one has to be cut.
 *
 * <p>The tag is put on while the promote hook runs, since neither waits for the other; where the
 * hook has to succeed, only then. It comes off after the demote hook.
 */
final class Reign {

  /** Leadership is not kept longer than this for an agent that does not take the tag off. */
  private static final long TAG_PATIENCE_MILLIS = 2_500;

  /** How often a hook that has to be gone is told so: the second time it gets no grace. */
  private static final Duration BETWEEN_INTERRUPTIONS = Duration.ofMillis(10);

  private static final int KILLED = 128 + 9;

  private final Order order;
  private final Ended ended;
  private final ServiceHooks hooks;
  private final InstanceDesk desk;
  private final HookCalls calls;
  private final Story story;
  private final Thread thread = Thread.ofVirtual().name("ballot-reign").unstarted(this::reign);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean killed;

  /** Which hook runs; guarded by this. */
  private @Nullable Role runs;

  private boolean hasPromoted;

  Reign(
      Order order,
      Ended ended,
      ServiceHooks hooks,
      InstanceDesk desk,
      HookCalls calls,
      Story story) {
    this.order = order;
    this.ended = ended;
    this.hooks = hooks;
    this.desk = desk;
    this.calls = calls;
    this.story = story;
  }

  void begin() {
    thread.start();
  }

  /** It is over: a promote hook that still runs is cut, then the demote hook runs. */
  synchronized void stop() {
    stopped.countDown();
    if (runs == Role.PROMOTE) {
      thread.interrupt();
    }
  }

  /** It has to be over now: whatever hook runs is ended by force, and none begins. */
  void kill() {
    killed = true;
    stopped.countDown();
    Thread.ofVirtual().name("ballot-reign-kill").start(this::cut);
  }

  private void cut() {
    while (interruptHook()) {
      LockSupport.parkNanos(BETWEEN_INTERRUPTIONS.toNanos());
    }
  }

  private synchronized boolean interruptHook() {
    if (runs != null) {
      thread.interrupt();
    }
    return runs != null;
  }

  private void reign() {
    Outcome outcome = new Outcome(1, "the service's work failed");
    try {
      outcome = promoted() ? lasted() : new Outcome(1, "the promote hook failed");
    } finally {
      demote();
      ended.ended(killed ? new Outcome(KILLED, "") : outcome);
    }
  }

  private boolean promoted() {
    if (!hooks.requirePromote()) {
      var unused = desk.wear(ServiceSpec.Role.PRIMARY);
    }
    boolean success = run(hooks.onPromote(), Role.PROMOTE);
    if (hooks.requirePromote() && success) {
      var unused = desk.wear(ServiceSpec.Role.PRIMARY);
    }
    return success || !hooks.requirePromote();
  }

  /** Only hooks are interrupted. */
  private Outcome lasted() {
    try {
      stopped.await();
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
    return new Outcome(0, "");
  }

  private void demote() {
    if (hasPromoted) {
      var unused = run(hooks.onDemote(), Role.DEMOTE);
    }
    var tried = desk.wear(ServiceSpec.Role.REPLICA);
    if (!killed) {
      waitFor(tried);
    }
  }

  /** Whether there was no hook to run, or it did what it is for. */
  private boolean run(Optional<Hook> hook, Role role) {
    if (!begins(role)) {
      return false;
    }
    try {
      return hook.isEmpty() || run(hook.get(), role);
    } finally {
      synchronized (this) {
        runs = null;
        // What cut this hook must not cut the next one too.
        var unused = Thread.interrupted();
      }
    }
  }

  private synchronized boolean begins(Role role) {
    boolean isLate = killed || (role == Role.PROMOTE && stopped.getCount() == 0);
    if (isLate) {
      boolean matters = role == Role.DEMOTE && hooks.onDemote().isPresent();
      if (matters) {
        tell(LogLevel.ERROR, "the demote hook did not run: no time was left for it");
      }
      return false;
    }
    runs = role;
    hasPromoted = true;
    return true;
  }

  private boolean run(Hook hook, Role role) {
    String name = role == Role.PROMOTE ? "promote hook" : "demote hook";
    Term term = order.term().orElseThrow();
    tell(LogLevel.INFO, name + " begins");
    long began = System.nanoTime();
    HookOutcome outcome =
        hook.run(
            calls.make(role, term),
            hooks.limit(),
            (text, error) ->
                story.output(
                    error ? CommandStream.STDERR : CommandStream.STDOUT, text, order.term()));
    tell(
        outcome.success() ? LogLevel.INFO : LogLevel.WARN,
        "%s ended: %s after %.1f s"
            .formatted(name, outcome.message(), (System.nanoTime() - began) / 1e9));
    return outcome.success();
  }

  private void tell(LogLevel level, String message) {
    story.tell(level, message, order.term());
  }

  private static void waitFor(Future<Void> tried) {
    try {
      tried.get(TAG_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException goesOnByItself) {
      // the desk goes on trying, and tells
    }
  }
}

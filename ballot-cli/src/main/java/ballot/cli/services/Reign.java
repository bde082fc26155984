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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One leadership of one service, from its promote hook to its demote hook: one thread that runs
 * them one after the other, and is interrupted when one has to be cut.
 */
final class Reign {

  /** A hook does not wait longer than this for an agent that does not take the tag. */
  private static final long TAG_PATIENCE_MILLIS = 2_500;

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

  /** Guarded by this: whether an interruption cuts nothing but the promote hook. */
  private boolean isPromoting;

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
    if (isPromoting) {
      thread.interrupt();
    }
  }

  /** It has to be over now. */
  synchronized void kill() {
    killed = true;
    stopped.countDown();
    thread.interrupt();
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
    Term term = order.term().orElseThrow();
    waitFor(desk.wear(ServiceSpec.Role.PRIMARY));
    synchronized (this) {
      if (stopped.getCount() == 0) {
        return true;
      }
      isPromoting = true;
      hasPromoted = true;
    }
    boolean success = run(hooks.onPromote(), Role.PROMOTE, term);
    synchronized (this) {
      isPromoting = false;
      // What cut the promote hook must not cut the demote hook too.
      var unused = Thread.interrupted();
    }
    return success || !hooks.requirePromote();
  }

  private Outcome lasted() {
    try {
      stopped.await();
    } catch (InterruptedException kill) {
      Thread.currentThread().interrupt();
    }
    return new Outcome(0, "");
  }

  private void demote() {
    if (hasPromoted && !killed) {
      run(hooks.onDemote(), Role.DEMOTE, order.term().orElseThrow());
    }
    var tried = desk.wear(ServiceSpec.Role.REPLICA);
    if (!killed) {
      waitFor(tried);
    }
  }

  private boolean run(Optional<Hook> hook, Role role, Term term) {
    if (hook.isEmpty()) {
      return true;
    }
    String name = role == Role.PROMOTE ? "promote hook" : "demote hook";
    long began = System.nanoTime();
    HookOutcome outcome =
        hook.get()
            .run(
                calls.make(role, term),
                hooks.limit(),
                (text, error) ->
                    story.output(
                        error ? CommandStream.STDERR : CommandStream.STDOUT,
                        text,
                        Optional.of(term)));
    story.tell(
        outcome.success() ? LogLevel.INFO : LogLevel.WARN,
        "%s ended: %s after %.1f s"
            .formatted(name, outcome.message(), (System.nanoTime() - began) / 1e9),
        Optional.of(term));
    return outcome.success();
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

package ballot.engine;

import ballot.api.Candidacy;
import ballot.engine.core.Effect;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Snapshot;
import ballot.engine.core.State;
import ballot.engine.core.Step;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One candidate in one election, on a loop: takes events to the machine and its effects to the
 * desks. Everything but {@link #post} and {@link #status} happens on the loop's thread.
 */
public final class Election {

  private static final Logger LOG = System.getLogger(Election.class.getName());

  private final ElectionLoop loop;
  private final ElectionMachine machine;
  private final StoreDesk store;
  private final Candidacy candidacy;
  private final Work work;
  private final Chronicle chronicle;
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private Snapshot snapshot;
  private long lastRun;
  private boolean failed;

  Election(ElectionLoop loop, Plan plan, Candidacy candidacy) {
    this.loop = loop;
    this.machine = plan.machine();
    this.candidacy = candidacy;
    this.store = new StoreDesk(candidacy, plan.askers());
    this.work = plan.work();
    this.chronicle = plan.chronicle();
    this.snapshot = machine.begin(loop.now(), plan.unfit());
  }

  /**
   * What an election is made of.
   *
   * @param machine its rules
   * @param askers runs questions, each of which may block; must run at least one at a time
   * @param work what the leader does
   * @param chronicle where its story goes
   * @param unfit why it must not stand before an {@link Event.Fitness} says that it may; empty for
   *     those that are always fit
   */
  public record Plan(
      ElectionMachine machine,
      Executor askers,
      Work work,
      Chronicle chronicle,
      Optional<String> unfit) {

    /** For a candidate that is always fit to lead. */
    public Plan(ElectionMachine machine, Executor askers, Work work, Chronicle chronicle) {
      this(machine, askers, work, chronicle, Optional.empty());
    }
  }

  /** Tells the election that something happened. Any thread; returns at once. */
  public void post(Event event) {
    loop.post(this, event);
  }

  /**
   * Completed with the exit status when this candidate has left and the line is closed; completed
   * exceptionally when a fault of ours ended it.
   */
  public CompletableFuture<Integer> status() {
    return status;
  }

  /** When this election wants its next tick. */
  Moment wakeAt() {
    return snapshot.wakeAt();
  }

  boolean isOver() {
    return failed || snapshot.state() instanceof State.Retired;
  }

  void handle(Event event, Moment now) {
    Step step = machine.step(snapshot, event, now);
    snapshot = step.next();
    step.effects().forEach(this::perform);
  }

  /** A fault of ours ended this election: its work is killed, its line closed; others go on. */
  void fail(Throwable fault) {
    failed = true;
    LOG.log(Level.ERROR, "an election was ended by a fault of its own", fault);
    try {
      work.kill(lastRun);
    } catch (RuntimeException alsoBroken) {
      fault.addSuppressed(alsoBroken);
    }
    leave(() -> status.completeExceptionally(fault));
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Ask ask ->
          store.ask(ask, answer -> post(new Event.Answered(ask.number(), answer)));
      case Effect.StartWork start -> start(start);
      case Effect.CoverWork cover -> work.cover(cover.run(), cover.term());
      case Effect.ExtendWork extend -> work.extend(extend.run(), extend.killAt());
      case Effect.StopWork stop -> work.stop(stop.run(), stop.signal());
      case Effect.KillWork kill -> work.kill(kill.run());
      case Effect.Tell tell -> chronicle.tell(tell.level(), tell.message(), tell.term());
      case Effect.Finish finish -> leave(() -> status.complete(finish.status()));
    }
  }

  private void start(Effect.StartWork start) {
    lastRun = start.run();
    work.start(
        new Work.Order(start.run(), start.term(), start.killAt()),
        outcome -> post(new Event.WorkEnded(start.run(), outcome)));
  }

  /** Closing may wait for a question under way, so it has a thread of its own. */
  private void leave(Runnable last) {
    Thread.ofPlatform()
        .name("ballot-leave")
        .daemon(true)
        .start(
            () -> {
              try {
                candidacy.close();
              } finally {
                last.run();
              }
            });
  }
}

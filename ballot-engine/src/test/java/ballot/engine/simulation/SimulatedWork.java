package ballot.engine.simulation;

import ballot.api.Term;
import ballot.engine.core.Effect;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command, with the wrapper that becomes it and the guard that ends it in time. The
 * guard lives on when its candidate freezes or dies.
 */
final class SimulatedWork {

  private static final int SIGKILL = 9;
  private static final int SIGNALLED = 128;

  private final World world;
  private final Exclusion exclusion;
  private final SimulatedCandidate owner;
  private final Temper temper;
  private final long run;
  private Moment killAt;
  private @Nullable Term term;
  private boolean begun;
  private boolean gone;
  private boolean dying;
  private boolean endedByGuard;

  SimulatedWork(
      World world,
      Exclusion exclusion,
      SimulatedCandidate owner,
      Effect.StartWork order,
      Temper temper) {
    this.world = world;
    this.exclusion = exclusion;
    this.owner = owner;
    this.temper = temper;
    this.run = order.run();
    this.killAt = order.killAt();
    this.term = order.term().orElse(null);
  }

  void start() {
    world.in(temper.startDelay(), this::begin);
    guard();
  }

  private void begin() {
    if (gone || dying) {
      end(SIGNALLED + SIGKILL, "");
    } else if (killAt.isReached(owner.clockNow())) {
      world.tally.count(Fault.STARTED_TOO_LATE);
      endedByGuard = true;
      end(SIGNALLED + SIGKILL, "its time was over before it began");
    } else if (temper.cannotStart()) {
      world.tally.count(Fault.CANNOT_START);
      end(127, "no such command");
    } else {
      begun = true;
      world.tally.runs++;
      exclusion.workBegan(this);
      world.in(temper.length(), () -> end(temper.status(), ""));
    }
  }

  private void guard() {
    if (killAt.equals(Moment.NEVER)) {
      return;
    }
    Moment watched = killAt;
    world.at(
        owner.clock().whenShowing(watched.nanos()) + temper.guardDelay(),
        () -> {
          if (!gone && killAt.equals(watched)) {
            world.tally.count(begun ? Fault.KILLED_BY_GUARD : Fault.STARTED_TOO_LATE);
            endedByGuard |= !dying;
            kill();
          }
        });
    if (temper.endsAtTheLast()) {
      world.at(owner.clock().whenShowing(watched.nanos()), () -> endAtTheLast(watched));
    }
  }

  private void endAtTheLast(Moment watched) {
    if (isRunning() && killAt.equals(watched)) {
      world.tally.count(Fault.ENDED_AT_THE_LAST);
      end(temper.status(), "");
    }
  }

  void extend(Moment until) {
    if (!gone && !killAt.equals(until)) {
      killAt = until;
      guard();
    }
  }

  void stop(int signal) {
    if (!begun) {
      world.in(temper.stopDelay(), () -> end(SIGNALLED + signal, ""));
    } else if (temper.ignoresStop()) {
      world.tally.count(Fault.IGNORES_STOP);
    } else {
      int status = temper.endsWellWhenStopped() ? 0 : SIGNALLED + signal;
      world.in(temper.stopDelay(), () -> end(status, ""));
    }
  }

  void kill() {
    if (!gone && !dying) {
      dying = true;
      world.in(temper.deathDelay(), () -> end(SIGNALLED + SIGKILL, ""));
    }
  }

  /** Ballot is dead: the guard sees it and kills. */
  void loseOwner() {
    world.in(temper.guardDelay(), this::kill);
  }

  private void end(int status, String message) {
    if (gone) {
      return;
    }
    gone = true;
    exclusion.workGone(this);
    boolean reported = endedByGuard && temper.guardReports();
    Event ended = new Event.WorkEnded(run, new Event.Outcome(status, message, reported));
    world.in(temper.noticeDelay(), () -> owner.hear(ended));
  }

  SimulatedCandidate owner() {
    return owner;
  }

  long run() {
    return run;
  }

  /** The term whose promises this work is under; null if under none. */
  @Nullable Term term() {
    return term;
  }

  void comeUnder(Term adopted) {
    term = adopted;
  }

  /** Nothing is promised about this work any more. */
  void leaveTerm() {
    term = null;
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether its guard knows an end. */
  boolean isGuarded() {
    return !killAt.equals(Moment.NEVER);
  }

  boolean isRunning() {
    return begun && !gone;
  }

  boolean isGone() {
    return gone;
  }

  boolean wasEndedByGuard() {
    return endedByGuard;
  }

  boolean isStuck() {
    return temper.isStuck();
  }
}

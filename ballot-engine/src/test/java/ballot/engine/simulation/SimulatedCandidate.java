package ballot.engine.simulation;

import ballot.engine.core.Effect;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Rules;
import ballot.engine.core.Snapshot;
import ballot.engine.core.State;
import ballot.engine.core.Step;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process of ballot on one host: the real machine, and around it a loop as the engine has it,
 * which can be frozen, killed and replaced.
 */
final class SimulatedCandidate {

  private static final double CLOSING_LOST = 0.2;

  private final Simulation in;
  private final World world;
  private final String name;
  private final DriftingClock clock;
  private final Line line;
  private final Rules rules;
  private final ElectionMachine machine;
  private final Conduct conduct;
  private final Excuses excuses;
  private final Suspension suspension;
  private final Alarm alarm;
  private Snapshot snapshot;
  private @Nullable SimulatedWork work;
  private boolean alive = true;

  SimulatedCandidate(
      Simulation in, String name, DriftingClock clock, Rules rules, ElectionMachine machine) {
    this.in = in;
    this.world = in.world;
    this.name = name;
    this.clock = clock;
    this.line = new Line(world);
    this.rules = rules;
    this.machine = machine;
    this.excuses = new Excuses(world);
    this.suspension = new Suspension(world);
    this.alarm = new Alarm(world, clock, in.setup.lateTick(), () -> hear(new Event.Tick()));
    Moment born = clock.at(world.now());
    this.conduct = new Conduct(this, born);
    this.snapshot = machine.begin(born);
  }

  String name() {
    return name;
  }

  DriftingClock clock() {
    return clock;
  }

  Moment clockNow() {
    return clock.at(world.now());
  }

  /** The true time at which so much will have passed on its clock. */
  long whenPassed(Duration duration) {
    return clock.whenShowing(clock.shows(world.now()) + duration.toNanos());
  }

  Line line() {
    return line;
  }

  Rules rules() {
    return rules;
  }

  Conduct conduct() {
    return conduct;
  }

  State state() {
    return snapshot.state();
  }

  boolean isAlive() {
    return alive;
  }

  /** Whether anything of its work is left, its own death notwithstanding. */
  boolean hasWork() {
    return work != null && !work.isGone();
  }

  /** Whether it leads, can prove it, and works. */
  boolean isAtWork() {
    return state() instanceof State.Leading leading
        && leading.run().isPresent()
        && conduct.proof().quietBy(leading.term().number()).compareTo(clockNow()) > 0
        && work != null
        && work.isRunning();
  }

  void checkPatience() {
    if (suspension.until() < world.now() - 5 * Dice.SECOND) {
      conduct.waitsNoLonger(clockNow());
    }
  }

  @Nullable SimulatedWork work() {
    return work;
  }

  Excuses excuses() {
    return excuses;
  }

  void giveBack(long term) {
    in.exclusion.giveBack(this, term);
  }

  long frozenUntil() {
    return suspension.until();
  }

  /** Something happens to it, now or when it wakes. */
  void hear(Event event) {
    if (!alive) {
      return;
    }
    if (suspension.isOn()) {
      suspension.keep(event);
    } else {
      handle(event);
    }
  }

  private void handle(Event event) {
    Moment now = clockNow();
    conduct.hears(event, now);
    Snapshot before = snapshot;
    Step step = machine.step(before, event, now);
    snapshot = step.next();
    world.trace.step(world.now(), name, before, event, step, clock.at(0));
    world.tally.steps++;
    world.tally.count(before.state(), snapshot.state());
    conduct.does(step, now);
    in.exclusion.sees(this, before.state(), snapshot.state());
    long pause = suspension.takesEffect(step);
    if (pause > 0) {
      world.tally.count(Fault.FREEZE_BEFORE_EFFECTS);
      suspension.keep(step.effects());
      conduct.cannotTellItsGuard();
      freeze(pause);
    } else {
      perform(step.effects());
    }
    alarm.set(snapshot.wakeAt());
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Ask ask -> in.network.ask(this, ask);
        case Effect.StartWork start -> startWork(start);
        case Effect.CoverWork cover -> {}
        case Effect.ExtendWork extend -> theWork(extend.run()).extend(extend.killAt());
        case Effect.StopWork stop -> theWork(stop.run()).stop(stop.signal());
        case Effect.KillWork kill -> theWork(kill.run()).kill();
        case Effect.Tell tell -> {}
        case Effect.Finish finish -> leave();
      }
    }
  }

  private void startWork(Effect.StartWork start) {
    if (hasWork()) {
      throw new Violation("one run at a time", name + " starts a second run", this);
    }
    Temper temper = Temper.drawn(world, rules.timings().killMargin(), in.weather.isCalm());
    work = new SimulatedWork(world, in.exclusion, this, start, temper);
    work.start();
  }

  private SimulatedWork theWork(long run) {
    SimulatedWork current = work;
    if (current == null || current.run() != run) {
      throw new Violation("orders", name + " gives an order to a run it never started", this);
    }
    return current;
  }

  private void leave() {
    if (hasWork()) {
      throw new Violation("I4", name + " leaves while its work runs", this);
    }
    alive = false;
    in.left(this);
    boolean tells = !in.weather.strikes(CLOSING_LOST);
    world.in(in.weather.leg(), () -> depart(tells));
  }

  private void depart(boolean tells) {
    if (tells) {
      in.store.close(this);
    } else {
      in.store.lose(this);
    }
  }

  /** Begins, with the first tick. */
  void begin() {
    handle(new Event.Tick());
  }

  /** The process stands still; its guard and its work do not. */
  void freeze(long duration) {
    if (!alive || suspension.isOn()) {
      return;
    }
    world.tally.count(Fault.FREEZE);
    note("is frozen");
    suspension.begin(duration);
    conduct.proof().excuseLoss();
    excuses.haveTroubleUntil(suspension.until());
    world.at(suspension.until(), this::thaw);
  }

  /** The next time that it decides something, or to start work, it freezes before it does it. */
  void freezeBeforeEffects(long duration, boolean beforeStart) {
    suspension.plan(duration, beforeStart);
  }

  /** What was decided is done late, and what has come meanwhile is heard at once. */
  private void thaw() {
    if (!alive || suspension.isOn()) {
      return;
    }
    note("wakes");
    perform(suspension.takeUndone());
    while (alive && !suspension.isOn() && suspension.hasUnheard()) {
      handle(suspension.takeUnheard());
    }
  }

  /** The process is killed. Its guard ends the work. */
  void crash() {
    world.tally.count(Fault.CRASH);
    note("is killed");
    alive = false;
    in.left(this);
    if (work != null) {
      work.loseOwner();
    }
    in.store.lose(this);
  }

  private void note(String text) {
    if (world.trace.isRecording()) {
      world.trace.note(world.now(), name, text);
    }
  }
}

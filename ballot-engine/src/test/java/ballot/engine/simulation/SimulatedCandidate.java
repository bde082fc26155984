package ballot.engine.simulation;

import ballot.engine.core.Effect;
import ballot.engine.core.ElectionMachine;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Rules;
import ballot.engine.core.Snapshot;
import ballot.engine.core.State;
import ballot.engine.core.Step;
import ballot.engine.core.Wording;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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
  private final Queue<Event> inbox = new ArrayDeque<>();
  private List<Effect> undone = List.of();
  private Snapshot snapshot;
  private @Nullable SimulatedWork work;
  private boolean alive = true;
  private long frozenUntil;
  private long freezeBeforeEffects;
  private boolean freezesBeforeStart;
  private long ticks;
  private Moment wakeAt = Moment.NEVER;
  private long troubleUntil;

  /** The terms of it that somebody ended by hand, and when; one more can follow unnoticed. */
  private final Map<Long, Long> lostByHand = new HashMap<>();

  SimulatedCandidate(
      Simulation in, String name, DriftingClock clock, Rules rules, ElectionMachine machine) {
    this.in = in;
    this.world = in.world;
    this.name = name;
    this.clock = clock;
    this.line = new Line(world);
    this.rules = rules;
    this.machine = machine;
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
        && conduct.quietBy(leading.term().number()).compareTo(clockNow()) > 0
        && work != null
        && work.isRunning();
  }

  void checkPatience() {
    if (frozenUntil < world.now() - 5 * Dice.SECOND) {
      conduct.waitsNoLonger(clockNow());
    }
  }

  @Nullable SimulatedWork work() {
    return work;
  }

  /** Until then it may not notice what it has to notice. */
  void haveTroubleUntil(long when) {
    troubleUntil = Math.max(troubleUntil, when);
  }

  /** Somebody ends its leadership by hand. */
  void loseByHand(long term) {
    lostByHand.put(term, world.now());
  }

  /** Something it ought to have heard now it does not hear in time. */
  void haveTroubleNow() {
    haveTroubleUntil(world.now() + 1);
  }

  boolean hasLostByHand(long term) {
    return lostByHand.containsKey(term);
  }

  /** Whether it could not have known in time that this term was ended by hand. */
  boolean couldNotNoticeLossOf(long term) {
    return troubleUntil > lostByHand.getOrDefault(term, Long.MAX_VALUE);
  }

  void giveBack(long term) {
    in.exclusion.giveBack(this, term);
  }

  long frozenUntil() {
    return frozenUntil;
  }

  /** Something happens to it, now or when it wakes. */
  void hear(Event event) {
    if (!alive) {
      return;
    }
    if (isFrozen()) {
      inbox.add(event);
    } else {
      handle(event);
    }
  }

  private boolean isFrozen() {
    return world.now() < frozenUntil;
  }

  private void handle(Event event) {
    Moment now = clockNow();
    conduct.hears(event, now);
    Snapshot before = snapshot;
    Step step = machine.step(before, event, now);
    snapshot = step.next();
    record(before, event, step);
    world.tally.steps++;
    world.tally.count(before.state(), snapshot.state());
    conduct.does(step, now);
    in.exclusion.sees(this, before.state(), snapshot.state());
    if (freezeBeforeEffects > 0 && isMomentToFreeze(step)) {
      world.tally.count(Fault.FREEZE_BEFORE_EFFECTS);
      undone = step.effects();
      conduct.cannotTellItsGuard();
      freeze(freezeBeforeEffects);
      freezeBeforeEffects = 0;
    } else {
      perform(step.effects());
    }
    planTick();
  }

  private boolean isMomentToFreeze(Step step) {
    return freezesBeforeStart
        ? step.effects().stream().anyMatch(Effect.StartWork.class::isInstance)
        : !step.effects().isEmpty();
  }

  private void record(Snapshot before, Event event, Step step) {
    world.trace.mix(world.now());
    world.trace.mix(snapshot.wakeAt().nanos() + step.effects().size());
    if (!world.trace.isRecording()) {
      return;
    }
    String becomes =
        before.state().getClass() == snapshot.state().getClass()
            ? ""
            : "   [" + Wording.of(before.state()) + " -> " + Wording.of(snapshot.state()) + "]";
    if (!(event instanceof Event.Tick && step.effects().isEmpty() && becomes.isEmpty())) {
      world.trace.note(world.now(), name, Wording.of(event) + becomes);
    }
    for (Effect effect : step.effects()) {
      world.trace.note(world.now(), name, "    " + Wording.of(effect, clock.at(0)));
    }
  }

  private void perform(List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Ask ask -> in.network.ask(this, ask);
        case Effect.StartWork start -> startWork(start);
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

  private void planTick() {
    Moment wish = snapshot.wakeAt();
    if (wish.equals(wakeAt)) {
      return;
    }
    wakeAt = wish;
    long ticket = ++ticks;
    if (wish.equals(Moment.NEVER)) {
      return;
    }
    long late = in.setup.lateTick() == 0 ? 0 : world.dice.between(0, in.setup.lateTick());
    if (late > Dice.MS) {
      world.tally.count(Fault.LATE_TICK);
    }
    world.at(clock.whenShowing(wish.nanos()) + late, () -> tick(ticket));
  }

  private void tick(long ticket) {
    if (ticket == ticks) {
      wakeAt = Moment.NEVER;
      hear(new Event.Tick());
    }
  }

  /** Begins, with the first tick. */
  void begin() {
    handle(new Event.Tick());
  }

  /** The process stands still; its guard and its work do not. */
  void freeze(long duration) {
    if (!alive || isFrozen()) {
      return;
    }
    world.tally.count(Fault.FREEZE);
    note("is frozen");
    frozenUntil = world.now() + duration;
    conduct.cannotAct();
    haveTroubleUntil(frozenUntil);
    world.at(frozenUntil, this::thaw);
  }

  /** The next time that it decides something, or to start work, it freezes before it does it. */
  void freezeBeforeEffects(long duration, boolean beforeStart) {
    freezeBeforeEffects = duration;
    freezesBeforeStart = beforeStart;
  }

  /** What was decided is done late, and what has come meanwhile is heard at once. */
  private void thaw() {
    if (!alive || isFrozen()) {
      return;
    }
    note("wakes");
    List<Effect> late = undone;
    undone = List.of();
    perform(late);
    while (alive && !isFrozen() && !inbox.isEmpty()) {
      handle(inbox.remove());
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

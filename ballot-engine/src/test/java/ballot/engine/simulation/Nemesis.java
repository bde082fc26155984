package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Event;
import ballot.engine.core.State;
import java.util.List;
import java.util.Optional;

/** Draws what goes wrong, and when; it prefers leaders. */
final class Nemesis {

  private static final int SIGHUP = 1;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private final Simulation in;
  private final World world;
  private final Dice dice;

  Nemesis(Simulation in) {
    this.in = in;
    this.world = in.world;
    this.dice = in.world.dice;
  }

  void planNext() {
    world.in(dice.between(0, 2 * in.setup.faultEvery()), this::strike);
  }

  private void strike() {
    if (in.weather.isCalm()) {
      return;
    }
    List<SimulatedCandidate> living = in.living();
    if (!living.isEmpty()) {
      strike(choose(living));
    }
    planNext();
  }

  private SimulatedCandidate choose(List<SimulatedCandidate> living) {
    if (dice.chance(0.7)) {
      for (SimulatedCandidate candidate : living) {
        if (candidate.state() instanceof State.Leading
            || candidate.state() instanceof State.Caretaking) {
          return candidate;
        }
      }
    }
    return living.get(dice.below(living.size()));
  }

  private void strike(SimulatedCandidate victim) {
    switch (dice.below(22)) {
      case 0, 1, 2 -> victim.freeze(freezing());
      case 3 -> victim.freezeBeforeEffects(dice.scaled(10 * MS, 10 * SECOND), false);
      case 4 -> victim.freezeBeforeEffects(dice.scaled(100 * MS, 30 * SECOND), true);
      case 5, 6 -> victim.crash();
      case 7, 8, 9 -> cut(victim);
      case 10, 11 -> takeStoreAway();
      case 12 -> in.store.interfere(true);
      case 13 -> in.store.interfere(false);
      case 14, 15 -> signal(victim);
      case 16, 17 -> tellToLeave(victim);
      case 18 -> victim.line().refuse(world.now() + dice.scaled(50 * MS, 10 * SECOND));
      case 19 -> makeUnfit(victim);
      case 20 -> in.store.preempt();
      default -> freezeAll();
    }
  }

  /** Any time at all, or about as long as a lease. */
  private long freezing() {
    return dice.chance(0.5)
        ? dice.scaled(10 * MS, 20 * SECOND)
        : dice.between(in.setup.validity() / 2, in.setup.validity() * 2);
  }

  private void cut(SimulatedCandidate victim) {
    world.tally.count(Fault.PARTITION);
    long until = world.now() + dice.scaled(50 * MS, 20 * SECOND);
    victim.line().cut(until, dice.oneOf(Line.Kind.values()));
    victim.excuses().haveTroubleUntil(until);
    note(victim, "is cut off");
    world.at(until, () -> in.signals.send(victim));
  }

  private void takeStoreAway() {
    world.tally.count(Fault.OUTAGE);
    long until = world.now() + dice.scaled(50 * MS, 15 * SECOND);
    in.weather.takeStoreAway(until, dice.chance(0.5));
    in.store.standStill(until);
    in.living().forEach(candidate -> candidate.excuses().haveTroubleUntil(until));
    world.at(until, in.signals::sendToAll);
  }

  private void makeUnfit(SimulatedCandidate victim) {
    world.tally.count(Fault.UNFIT);
    long until = world.now() + dice.scaled(10 * MS, 20 * SECOND);
    victim.excuses().haveTroubleUntil(until);
    victim.hear(new Event.Fitness(Optional.of("its check fails")));
    world.at(until, () -> victim.hear(new Event.Fitness(Optional.empty())));
  }

  private void signal(SimulatedCandidate victim) {
    int count = (int) dice.scaled(1, 50);
    for (int i = 0; i < count; i++) {
      world.tally.count(Fault.SIGNAL_SPURIOUS);
      world.in(dice.between(0, 100 * MS), () -> victim.hear(new Event.Signalled()));
    }
  }

  private void tellToLeave(SimulatedCandidate victim) {
    world.tally.count(Fault.TOLD_TO_LEAVE);
    victim.hear(new Event.ToldToLeave(dice.oneOf(SIGTERM, SIGINT, SIGHUP)));
    if (dice.chance(0.3)) {
      world.tally.count(Fault.TOLD_TWICE);
      world.in(dice.scaled(MS, 5 * SECOND), () -> victim.hear(new Event.ToldToLeave(SIGTERM)));
    }
  }

  private void freezeAll() {
    for (SimulatedCandidate candidate : in.living()) {
      candidate.freeze(dice.scaled(10 * MS, 5 * SECOND));
    }
  }

  private void note(SimulatedCandidate candidate, String text) {
    if (world.trace.isRecording()) {
      world.trace.note(world.now(), candidate.name(), text);
    }
  }
}

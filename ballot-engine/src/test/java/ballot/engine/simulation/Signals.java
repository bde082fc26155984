package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Event;
import java.util.List;

/** How a store tells candidates to look again: perhaps late, perhaps twice, perhaps not at all. */
final class Signals {

  private static final double DOUBLED = 0.02;

  private final World world;
  private final Weather weather;
  private final Setup setup;
  private final List<SimulatedCandidate> candidates;

  Signals(World world, Weather weather, Setup setup, List<SimulatedCandidate> candidates) {
    this.world = world;
    this.weather = weather;
    this.setup = setup;
    this.candidates = candidates;
  }

  void sendToAll() {
    candidates.forEach(this::send);
  }

  void send(SimulatedCandidate candidate) {
    if (!candidate.isAlive()) {
      return;
    }
    if (weather.isStoreAway() || candidate.line().isCut() || weather.strikes(setup.lostSignals())) {
      world.tally.count(Fault.SIGNAL_LOST);
      candidate.excuses().haveTroubleNow();
    } else if (weather.strikes(setup.lag())) {
      world.tally.count(Fault.SIGNAL_LATE);
      long delay = world.dice.scaled(40 * MS, 5 * SECOND);
      candidate.excuses().haveTroubleNow();
      deliver(candidate, delay);
    } else {
      if (weather.isSlow()) {
        candidate.excuses().haveTroubleNow();
      }
      deliver(candidate, weather.leg());
      if (weather.strikes(DOUBLED)) {
        world.tally.count(Fault.SIGNAL_DOUBLED);
        deliver(candidate, 3 * weather.leg());
      }
    }
  }

  private void deliver(SimulatedCandidate candidate, long delay) {
    world.in(delay, () -> candidate.hear(new Event.Signalled()));
  }
}

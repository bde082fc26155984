package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Mutant;
import ballot.engine.core.Rules;
import java.util.ArrayList;
import java.util.List;

/** One seed: a world, its candidates, a time of faults and a time without. */
final class Simulation {

  /** How long calm is watched after somebody is at work again. */
  private static final long ENCORE = 3 * SECOND;

  final World world;
  final Setup setup;
  final Weather weather;
  final Signals signals;
  final SimulatedStore store;
  final Network network;
  final Exclusion exclusion;
  private final Mutant mutant;
  private final List<SimulatedCandidate> living = new ArrayList<>();
  private int coming;
  private int born;

  private Simulation(long seed, Mutant mutant, Tally tally, Trace trace) {
    this.world = new World(new Dice(seed), tally, trace);
    this.mutant = mutant;
    this.setup = Setup.drawn(world.dice);
    this.weather = new Weather(world, setup);
    this.signals = new Signals(world, weather, setup, living);
    this.store =
        setup.leases()
            ? new LeaseStore(world, setup, signals, weather)
            : new KernelStore(world, setup, signals);
    this.network = new Network(world, weather, setup, store);
    this.exclusion = new Exclusion(world);
  }

  /**
   * Runs one seed.
   *
   * @throws Violation when an invariant does not hold
   */
  static void run(long seed, Mutant mutant, Tally tally, Trace trace) {
    Simulation simulation = new Simulation(seed, mutant, tally, trace);
    try {
      simulation.run();
    } finally {
      tally.seeds++;
      tally.virtualNanos += simulation.world.now();
    }
  }

  private void run() {
    for (int host = 0; host < setup.hosts(); host++) {
      DriftingClock clock = DriftingClock.drawn(world.dice);
      int place = host;
      coming++;
      world.in(world.dice.between(0, SECOND), () -> join(place, clock));
    }
    new Nemesis(this).planNext();
    runUntil(setup.active());
    weather.calmDown();
    living.forEach(candidate -> candidate.line().mend());
    awaitWork();
    runUntil(world.now() + ENCORE);
    exclusion.close();
    living.forEach(SimulatedCandidate::checkPatience);
  }

  private void runUntil(long end) {
    while (world.step(end)) {
      // the invariants are checked where things happen
    }
  }

  /** I8: when faults cease somebody leads and works, or all have left. */
  private void awaitWork() {
    long began = world.now();
    long end = began + setup.patience();
    while (living.stream().noneMatch(SimulatedCandidate::isAtWork)) {
      if (coming == 0 && living.isEmpty()) {
        return;
      }
      if (!world.step(end)) {
        throw new Violation(
            "I8",
            "nobody works %d s after the last fault".formatted(setup.patience() / SECOND),
            living.toArray(SimulatedCandidate[]::new));
      }
    }
    world.tally.longestRecovery = Math.max(world.tally.longestRecovery, world.now() - began);
  }

  List<SimulatedCandidate> living() {
    return List.copyOf(living);
  }

  private void join(int host, DriftingClock clock) {
    coming--;
    born++;
    Rules rules = setup.rules(world.dice);
    SimulatedCandidate candidate =
        new SimulatedCandidate(
            this,
            (char) ('A' + host) + Integer.toString(born),
            clock,
            rules,
            mutant.machine(rules, world.dice.anyNumber()));
    living.add(candidate);
    candidate.begin();
  }

  /** A candidate is no more; another may come to its host. */
  void left(SimulatedCandidate candidate) {
    living.remove(candidate);
    if (!weather.isCalm() && world.dice.chance(0.9)) {
      coming++;
      int host = candidate.name().charAt(0) - 'A';
      world.in(world.dice.scaled(50 * MS, 5 * SECOND), () -> join(host, candidate.clock()));
    }
  }
}

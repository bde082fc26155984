package ballot.engine.simulation;

import ballot.engine.core.Moment;

/** Wakes one candidate when its own clock shows what it asked for, or a little later. */
final class Alarm {

  private final World world;
  private final DriftingClock clock;
  private final long latest;
  private final Runnable ring;
  private Moment set = Moment.NEVER;
  private long times;

  Alarm(World world, DriftingClock clock, long latest, Runnable ring) {
    this.world = world;
    this.clock = clock;
    this.latest = latest;
    this.ring = ring;
  }

  void set(Moment wakeAt) {
    if (wakeAt.equals(set)) {
      return;
    }
    set = wakeAt;
    long time = ++times;
    if (wakeAt.equals(Moment.NEVER)) {
      return;
    }
    long late = latest == 0 ? 0 : world.dice.between(0, latest);
    if (late > Dice.MS) {
      world.tally.count(Fault.LATE_TICK);
    }
    world.at(clock.whenShowing(wakeAt.nanos()) + late, () -> ring(time));
  }

  private void ring(long time) {
    if (time == times) {
      set = Moment.NEVER;
      ring.run();
    }
  }
}

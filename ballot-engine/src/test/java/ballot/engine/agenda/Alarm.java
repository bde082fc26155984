package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;

import ballot.engine.core.Moment;
import java.time.Instant;
import java.util.Optional;

/** Wakes one agenda when it asked for it, or a little later. */
final class Alarm {

  private static final int MOST_HASTE = 3;

  private final Play play;
  private final String name;
  private final HostClock clock;
  private final Runnable ring;
  private long times;
  private long lookedAt = -1;
  private int haste;

  Alarm(Play play, String name, HostClock clock, Runnable ring) {
    this.play = play;
    this.name = name;
    this.clock = clock;
    this.ring = ring;
  }

  /** In place of whatever was set before. */
  void set(Wake wake) {
    long time = ++times;
    long at = wake.moment().equals(Moment.NEVER) ? Long.MAX_VALUE : wake.moment().nanos();
    Optional<Instant> shown = wake.time();
    if (shown.isPresent()) {
      at = Math.min(at, clock.whenShowing(shown.get()));
    }
    if (at < Long.MAX_VALUE) {
      checkHaste(at, wake);
      long late = play.dice.chance(0.1) ? play.dice.scaled(1, 5 * MS) : 0;
      play.course.at(
          Math.max(at, at + late),
          () -> {
            if (time == times) {
              ring.run();
            }
          });
    }
  }

  /** Nothing may want to be looked at again and again. */
  private void checkHaste(long at, Wake wake) {
    boolean atOnce = at <= play.course.now() && lookedAt == play.course.now();
    lookedAt = play.course.now();
    haste = atOnce ? haste + 1 : 0;
    if (haste > MOST_HASTE) {
      throw new Violation(name + " wants to be looked at all the time: " + wake);
    }
  }
}

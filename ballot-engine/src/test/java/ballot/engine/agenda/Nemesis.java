package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.simulation.Dice;
import org.jspecify.annotations.Nullable;

/** Draws what goes wrong: at the moments that matter, and at any other. */
final class Nemesis {

  private static final long HOUR = 3600 * SECOND;

  private final Play play;
  private final Dice dice;

  Nemesis(Play play) {
    this.play = play;
    this.dice = play.dice;
  }

  void planNext() {
    play.course.in(dice.between(1, 2 * play.set.every()), this::strikeAtAnyTime);
  }

  private void strikeAtAnyTime() {
    if (!play.isCalm()) {
      Reign reign = play.succession.current();
      if (reign != null) {
        strike(Window.ANY, reign);
      }
      planNext();
    }
  }

  /** A moment that matters. */
  void at(Window window, Reign reign) {
    if (!play.isCalm() && reign.isAlive() && dice.chance(play.set.aim())) {
      strike(window, reign);
    }
  }

  private void strike(Window window, Reign reign) {
    Strike strike = dice.oneOf(Strike.values());
    play.tally.count(window, strike);
    play.note(reign.name(), "--- " + strike.words + " " + window.words);
    long now = play.course.now();
    switch (strike) {
      case CRASH -> reign.crash();
      case FREEZE -> reign.freeze(dice.scaled(MS, play.set.lease() / 2));
      case LONG_FREEZE -> reign.freeze(absence());
      case OUTAGE -> {
        long until = now + (dice.chance(0.5) ? dice.scaled(10 * MS, play.set.lease()) : absence());
        play.takeStoreAway(until);
        reign.cutOff(until);
      }
      case CUT -> reign.cutOff(now + (dice.chance(0.5) ? dice.scaled(10 * MS, SECOND) : absence()));
      case LEAVE -> reign.leave();
      case CLOCK -> stepClock(reign.host());
    }
  }

  /** Longer than a lease; sometimes for many ticks. */
  private long absence() {
    long longest =
        Math.min(play.set.timetable().period() * 20, play.set.active() - play.course.now());
    long lease = play.set.lease();
    return lease + dice.scaled(10 * MS, dice.chance(0.7) ? 2 * lease : Math.max(lease, longest));
  }

  private void stepClock(int host) {
    long by = dice.chance(0.4) ? HOUR : dice.scaled(2 * SECOND, 2 * HOUR);
    long step = dice.chance(0.5) ? by : -by;
    step(host, step);
    if (dice.chance(0.6)) {
      play.tally.count("clocks set right again");
      play.course.in(dice.scaled(SECOND, SteadyClock.PATIENCE.toNanos()), () -> step(host, -step));
    }
  }

  private void step(int host, long by) {
    play.clock(host).step(by);
    look(host);
    // and again when a step that has lasted is followed
    play.course.in(SteadyClock.PATIENCE.toNanos() + MS, () -> look(host));
  }

  private void look(int host) {
    @Nullable Reign reign = play.succession.current();
    if (reign != null && reign.host() == host) {
      reign.hear(new AgendaEvent.Tick());
    }
  }
}

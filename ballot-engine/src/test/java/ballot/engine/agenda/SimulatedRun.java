package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Event.Outcome;
import ballot.engine.simulation.Dice;

/** A command that was ordered to run, with its guard. */
final class SimulatedRun {

  private static final int SIGKILL = 9;
  private static final int SIGNALLED = 128;

  private final Play play;
  private final Dice dice;
  private final Reign reign;
  private final AgendaEffect.Start order;
  private boolean begun;
  private boolean gone;
  private boolean dying;
  private boolean overdue;
  private long toldAt;

  SimulatedRun(Play play, Reign reign, AgendaEffect.Start order) {
    this.play = play;
    this.dice = play.dice;
    this.reign = reign;
    this.order = order;
  }

  AgendaEffect.Start order() {
    return order;
  }

  Reign reign() {
    return reign;
  }

  boolean isGone() {
    return gone;
  }

  void start() {
    play.course.in(dice.scaled(MS / 10, 20 * MS), this::begin);
  }

  private void begin() {
    if (gone) {
      return;
    }
    if (reign.isBarred()) {
      play.tally.count("runs that were too late to begin");
      overdue = true;
      end(SIGNALLED + SIGKILL);
    } else if (dying) {
      end(SIGNALLED + SIGKILL);
    } else if (dice.chance(0.02)) {
      play.tally.count("commands that could not start");
      end(127);
    } else {
      begun = true;
      play.referee.began(this);
      if (!dice.chance(0.01)) {
        toldAt = play.course.now() + dice.scaled(MS / 10, 10 * MS);
        play.course.at(toldAt, () -> reign.hear(new AgendaEvent.Started(order.run())));
      }
      play.course.in(length(), () -> end(dice.chance(0.2) ? 1 : 0));
      play.nemesis.at(Window.STARTING, reign);
    }
  }

  private long length() {
    long period = play.set.timetable().period();
    return dice.scaled(MS, play.isCalm() || dice.chance(0.6) ? period / 10 : 4 * period);
  }

  void stop(int signal) {
    if (begun && dice.chance(0.2)) {
      play.tally.count("commands that ignored the polite signal");
    } else {
      play.course.in(dice.scaled(MS, SECOND), () -> end(dice.chance(0.2) ? 0 : SIGNALLED + signal));
    }
  }

  void kill() {
    if (!gone && !dying) {
      dying = true;
      play.course.in(dice.scaled(MS, 100 * MS), () -> end(SIGNALLED + SIGKILL));
    }
  }

  /** The guard does it: the lease is over, or nobody is there any more. */
  void endByGuard() {
    overdue = reign.isBarred();
    play.course.in(dice.scaled(MS, SECOND), this::kill);
  }

  private void end(int status) {
    if (gone) {
      return;
    }
    gone = true;
    play.referee.ended(this, begun);
    Outcome outcome = new Outcome(status, "", overdue && dice.chance(0.8));
    long at = Math.max(toldAt, play.course.now() + dice.scaled(MS / 10, 10 * MS));
    play.course.at(at, () -> reign.hear(new AgendaEvent.Ended(order.run(), outcome, begun)));
    play.nemesis.at(Window.ENDED, reign);
    play.succession.check(reign);
  }
}

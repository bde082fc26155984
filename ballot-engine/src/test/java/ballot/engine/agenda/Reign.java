package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.api.Term;
import ballot.engine.simulation.Dice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One leadership: an agenda and the process that drives it. */
final class Reign {

  private static final int SIGTERM = 15;

  private final Play play;
  private final Dice dice;
  private final String name;
  private final int host;
  private final Agenda agenda;
  private final Desk desk;
  private final Conduct conduct;
  private final Alarm alarm;
  private final List<SimulatedRun> runs = new ArrayList<>();
  private final Deque<AgendaEvent> unheard = new ArrayDeque<>();
  private final Deque<AgendaEffect> undone = new ArrayDeque<>();
  private Optional<Term> term;
  private boolean dead;
  private boolean frozen;
  private boolean barred;
  private boolean told;
  private boolean finished;
  private boolean busy;

  Reign(Play play, String name, int host, Optional<Term> term) {
    this.play = play;
    this.dice = play.dice;
    this.name = name;
    this.host = host;
    this.term = term;
    Now now = play.clock(host).now();
    this.agenda =
        new Agenda(
            play.mutant.rules(play.set.rules()),
            play.set.timetable(),
            Referee.ELECTION,
            name,
            term,
            now);
    this.alarm = new Alarm(play, name, play.clock(host), this::ring);
    this.desk = new Desk(play, this);
    this.conduct = new Conduct(play, this, now.time());
    play.note(name, "begins, term " + term + ", at " + now.time());
  }

  void hear(AgendaEvent event) {
    unheard.add(event);
    work();
  }

  /** Does what is to be done, and hears what it has not heard; one after the other. */
  private void work() {
    if (busy) {
      return;
    }
    busy = true;
    while (isAlive() && !(undone.isEmpty() && unheard.isEmpty())) {
      if (undone.isEmpty()) {
        handle(unheard.removeFirst());
      } else {
        perform(undone.removeFirst());
      }
    }
    busy = false;
    if (isAlive()) {
      alarm.set(agenda.wakeAt());
    }
  }

  private void handle(AgendaEvent event) {
    Now now = play.clock(host).now();
    conduct.hear(event, now);
    List<AgendaEffect> effects = agenda.handle(event, now);
    play.mix(play.course.now() * 31 + effects.size());
    if (play.isTold()) {
      Wording.of(event, effects).forEach(line -> play.note(name, line));
    }
    undone.addAll(effects);
  }

  private void perform(AgendaEffect effect) {
    if (effect instanceof AgendaEffect.Start) {
      play.nemesis.at(Window.START_ORDERED, this);
      if (!isAlive()) {
        undone.addFirst(effect); // decided, and not done
        return;
      }
    }
    play.mix(effect.getClass().getSimpleName().hashCode());
    conduct.perform(effect);
    switch (effect) {
      case AgendaEffect.Read read -> desk.read(read);
      case AgendaEffect.Write write -> desk.write(write);
      case AgendaEffect.Start start -> start(start);
      case AgendaEffect.StopRun stop -> run(stop.run()).stop(stop.signal());
      case AgendaEffect.KillRun kill -> run(kill.run()).kill();
      case AgendaEffect.Prepare soon -> {}
      case AgendaEffect.Tell tell -> {}
      case AgendaEffect.Finish finish -> {
        finished = true;
        play.succession.check(this);
      }
    }
  }

  private void start(AgendaEffect.Start start) {
    SimulatedRun run = new SimulatedRun(play, this, start);
    runs.add(run);
    run.start();
    play.nemesis.at(Window.START_ORDERED, this);
  }

  private SimulatedRun run(long number) {
    return runs.stream()
        .filter(run -> run.order().run() == number)
        .findFirst()
        .orElseThrow(() -> new Violation(name + " ends run " + number + ", which never was"));
  }

  private void ring() {
    if (isAlive()) {
      play.nemesis.at(Window.TICK, this);
      hear(new AgendaEvent.Tick());
    }
  }

  // what becomes of it

  void crash() {
    dead = true;
    runs.forEach(SimulatedRun::endByGuard);
    play.course.in(0, () -> play.succession.check(this));
  }

  void freeze(long span) {
    if (frozen || dead) {
      return;
    }
    frozen = true;
    long rest = dice.between(play.set.lease() / 2, play.set.lease());
    if (term.isPresent() && span >= rest) {
      play.course.in(rest, this::bar);
    }
    play.course.in(span, this::thaw);
  }

  private void thaw() {
    frozen = false;
    play.note(name, "thaws");
    if (barred && dice.chance(0.5)) {
      endNow();
    } else if (barred) {
      play.course.in(dice.scaled(1, SECOND), this::endNow);
    }
    work();
  }

  /** The lease is over: nothing begins any more, and the guard ends what runs. */
  private void bar() {
    if (!dead && !finished) {
      play.note(name, "its lease is over");
      barred = true;
      runs.forEach(SimulatedRun::endByGuard);
      play.succession.check(this);
    }
  }

  /** Cannot reach the store for a while; ends in time if that is too long. */
  void cutOff(long until) {
    desk.cutUntil(until);
    long rest = dice.between(play.set.lease() / 2, play.set.lease());
    if (term.isPresent() && play.course.now() + rest * 6 / 10 < until) {
      play.course.in(rest * 6 / 10, this::tellToStop);
      play.course.in(rest * 9 / 10, this::endNow);
      play.course.in(rest, this::bar);
    }
  }

  void leave() {
    tellToStop();
    play.course.in(dice.scaled(MS, 10 * SECOND), this::endNow);
  }

  private void endNow() {
    tellToStop();
    hear(new AgendaEvent.Kill());
  }

  private void tellToStop() {
    if (!told) {
      told = true;
      hear(new AgendaEvent.Stop(SIGTERM));
    }
  }

  void comeUnder(Term won) {
    term = Optional.of(won);
    hear(new AgendaEvent.Elected(won));
  }

  boolean isOver() {
    return (dead || barred || finished) && runs.stream().allMatch(SimulatedRun::isGone);
  }

  boolean isAlive() {
    return !dead && !frozen && !finished;
  }

  boolean isStaying() {
    return isAlive() && !told;
  }

  boolean isDead() {
    return dead;
  }

  boolean isFrozen() {
    return frozen;
  }

  boolean isBarred() {
    return barred;
  }

  int host() {
    return host;
  }

  String name() {
    return name;
  }

  Conduct conduct() {
    return conduct;
  }
}

package ballot.engine.agenda;

import ballot.engine.simulation.Dice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the reasons that an agenda gives are true. */
final class Truth {

  private final Circumstances set;
  private final Jitter jitter;

  Truth(Circumstances set) {
    this.set = set;
    this.jitter = new Jitter(Referee.ELECTION, set.rules().jitter());
  }

  /** Checks the reason for the last of them. */
  void check(Entry.NotRun ticks, Conduct conduct) {
    Instant tick = ticks.last();
    String reason = ticks.reason();
    // who ran without leadership passes over what was put off when it began
    boolean early = set.runsAnyway() && reason.startsWith("nobody led");
    Instant due = early ? tick : jitter.due(tick);
    Instant now = conduct.latest();
    boolean all = set.rules().catchUp() == AgendaRules.CatchUp.ALL;
    boolean isTrue;
    if (reason.startsWith("more than 100")) {
      isTrue = countAfter(tick, now) >= AgendaRules.MOST_CAUGHT_UP;
    } else if (reason.startsWith("nobody led")) {
      isTrue = !due.isAfter(conduct.openedAt()) && (!all || set.runsAnyway());
    } else if (reason.startsWith("only the latest")) {
      isTrue = !due.isAfter(conduct.openedAt()) && isAnotherDue(tick, now) && !all;
    } else if (reason.startsWith("a later tick")) {
      isTrue = isAnotherDue(tick, now) && !all;
    } else if (reason.startsWith("it could not start")) {
      isTrue = due.plus(set.rules().startDeadline().orElseThrow()).isBefore(now);
    } else if (reason.startsWith("the run before")) {
      isTrue = set.rules().concurrency() == AgendaRules.Concurrency.SKIP;
    } else {
      isTrue = reason.startsWith(AgendaRules.MOST_BESIDE + " runs");
    }
    if (!isTrue || due.isAfter(now)) {
      throw new Violation("not true at " + now + ": " + ticks);
    }
  }

  private long countAfter(Instant tick, Instant now) {
    long count = 0;
    Optional<Instant> next = set.timetable().next(tick);
    while (count < AgendaRules.MOST_CAUGHT_UP && next.isPresent() && !next.get().isAfter(now)) {
      count++;
      next = set.timetable().next(next.get());
    }
    return count;
  }

  private boolean isAnotherDue(Instant tick, Instant now) {
    return set.timetable().next(tick).filter(next -> !jitter.due(next).isAfter(now)).isPresent();
  }

  /** Nothing has been waiting for long, seen from the clock that is the furthest behind. */
  void checkCurrent(Play play, Instant decidedUntil) {
    Instant now = play.clock(0).now().time();
    for (int host = 1; host < set.hosts(); host++) {
      Instant other = play.clock(host).now().time();
      now = other.isBefore(now) ? other : now;
    }
    long slack = 30 * Dice.SECOND + 4 * set.timetable().period() + set.rules().jitter().toNanos();
    Instant latest = now.minus(Duration.ofNanos(slack));
    Optional<Instant> next = set.timetable().next(decidedUntil);
    if (next.isPresent() && jitter.due(next.get()).isBefore(latest)) {
      throw new Violation("tick " + next.get() + " is waiting, and it is " + now);
    }
  }
}

package ballot.engine.agenda;

import ballot.api.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides about ticks: a pure function of what was decided, what runs, and the time. */
final class Judge {

  /** Who decides later than this had no way to decide in time. */
  private static final Duration IN_TIME = Duration.ofSeconds(1);

  private final AgendaRules rules;
  private final Timetable timetable;
  private final Jitter jitter;

  Judge(AgendaRules rules, Timetable timetable, Jitter jitter) {
    this.rules = rules;
    this.timetable = timetable;
    this.jitter = jitter;
  }

  /**
   * Decides about the earliest ticks that nobody has decided about.
   *
   * @param running the runs that go on, the latest last
   * @param openedAt when this leader began: what was due before was nobody's
   */
  Decision decide(Book book, List<Entry.Run> running, Instant now, Instant openedAt) {
    Backlog backlog = Backlog.between(timetable, book.decidedUntil(), now);
    List<Entry.NotRun> passed = new ArrayList<>();
    backlog.older().ifPresent(passed::add);
    List<Instant> ticks = backlog.ticks();
    Instant until = backlog.older().map(Entry.NotRun::last).orElse(book.decidedUntil());
    for (int i = 0; i < ticks.size(); i++) {
      Instant tick = ticks.get(i);
      if (jitter.due(tick).isAfter(now)) {
        return passed.isEmpty()
            ? new Decision.Rest(Optional.of(jitter.due(tick)))
            : new Decision.PassOver(passed, until);
      }
      boolean latest = i == ticks.size() - 1 || jitter.due(ticks.get(i + 1)).isAfter(now);
      Optional<String> objection = objection(tick, latest, now, openedAt);
      if (objection.isEmpty()) {
        return besideOthers(passed, tick, running, now, openedAt);
      }
      passed.add(Entry.NotRun.one(tick, objection.get()));
      until = tick;
    }
    return passed.isEmpty()
        ? new Decision.Rest(timetable.next(now).map(jitter::due))
        : new Decision.PassOver(passed, until);
  }

  /** Why a tick is not run, whatever else runs. */
  private Optional<String> objection(Instant tick, boolean latest, Instant now, Instant openedAt) {
    boolean inherited = isInherited(tick, openedAt);
    if (inherited && rules.catchUp() == AgendaRules.CatchUp.NONE) {
      return Optional.of("nobody led when it was due");
    }
    if (inherited && rules.catchUp() == AgendaRules.CatchUp.LAST && !latest) {
      return Optional.of("only the latest is caught up with");
    }
    boolean inOrder =
        rules.catchUp() == AgendaRules.CatchUp.ALL
            || rules.concurrency() == AgendaRules.Concurrency.QUEUE;
    if (!inherited && !latest && !inOrder) {
      return Optional.of("a later tick was due as well");
    }
    return tooLate(tick, now);
  }

  /** Why a tick cannot start any more. */
  Optional<String> tooLate(Instant tick, Instant now) {
    return rules
        .startDeadline()
        .filter(most -> jitter.due(tick).plus(most).isBefore(now))
        .map(most -> "it could not start within " + Durations.format(most));
  }

  private Decision besideOthers(
      List<Entry.NotRun> passed,
      Instant tick,
      List<Entry.Run> running,
      Instant now,
      Instant openedAt) {
    if (running.isEmpty()) {
      return new Decision.Claim(passed, tick);
    }
    if (isInherited(tick, openedAt)) {
      return new Decision.Hold(); // what is made up for is so one after the other
    }
    return switch (rules.concurrency()) {
      case QUEUE -> new Decision.Hold();
      case REPLACE -> new Decision.Displace();
      case ALLOW ->
          running.size() < AgendaRules.MOST_BESIDE
              ? new Decision.Claim(passed, tick)
              : passOver(passed, tick, running.size() + " runs were still going on");
      case SKIP ->
          isOwed(tick, now) || makesUp(running.getLast(), now, openedAt)
              ? new Decision.Hold()
              : passOver(passed, tick, "the run before was still going on");
    };
  }

  /** Whether a tick is one to make up for: it waits, and is not skipped. */
  private boolean isOwed(Instant tick, Instant now) {
    return rules.catchUp() == AgendaRules.CatchUp.ALL && isLate(tick, now);
  }

  /** Whether a run itself makes up for a tick: then it is no reason to leave out the next one. */
  private boolean makesUp(Entry.Run run, Instant now, Instant openedAt) {
    return rules.catchUp() == AgendaRules.CatchUp.ALL
        && (isInherited(run.tick(), openedAt) || isLate(run.tick(), run.started().orElse(now)));
  }

  private boolean isInherited(Instant tick, Instant openedAt) {
    return !jitter.due(tick).isAfter(openedAt);
  }

  private boolean isLate(Instant tick, Instant at) {
    return jitter.due(tick).plus(IN_TIME).isBefore(at);
  }

  private static Decision passOver(List<Entry.NotRun> passed, Instant tick, String reason) {
    List<Entry.NotRun> all = new ArrayList<>(passed);
    all.add(Entry.NotRun.one(tick, reason));
    return new Decision.PassOver(all, tick);
  }

  /** How late a tick is, for a person; empty when that is not worth a word. */
  Optional<String> lateness(Instant tick, Instant now) {
    Duration late = Duration.between(jitter.due(tick), now);
    return late.compareTo(IN_TIME) < 0
        ? Optional.empty()
        : Optional.of(Durations.format(late.truncatedTo(ChronoUnit.SECONDS)) + " late");
  }
}

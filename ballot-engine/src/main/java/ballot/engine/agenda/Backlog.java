package ballot.engine.agenda;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The ticks between two moments, the latest of them.
 *
 * @param older those that are too many, as one line; empty if there are none
 * @param ticks oldest first, {@link AgendaRules#MOST_CAUGHT_UP} at most
 */
record Backlog(Optional<Entry.NotRun> older, List<Instant> ticks) {

  private static final Duration FIRST_WINDOW = Duration.ofMinutes(2);
  private static final String TOO_MANY =
      "more than " + AgendaRules.MOST_CAUGHT_UP + " ticks were overdue";

  /** Ticks after {@code from} up to {@code until}. Costs no more for a year than for a minute. */
  static Backlog between(Timetable timetable, Instant from, Instant until) {
    Optional<Instant> first = timetable.next(from).filter(tick -> !tick.isAfter(until));
    if (first.isEmpty()) {
      return new Backlog(Optional.empty(), List.of());
    }
    Duration window = FIRST_WINDOW;
    while (true) {
      Instant start = until.minus(window);
      boolean all = !start.isAfter(from);
      Deque<Instant> latest = latest(timetable, all ? from : start, until);
      if (all || latest.size() > AgendaRules.MOST_CAUGHT_UP) {
        return of(first.get(), latest);
      }
      window = window.multipliedBy(4);
    }
  }

  /** All of them as not run. */
  List<Entry.NotRun> asNotRun(String reason) {
    List<Entry.NotRun> all = new ArrayList<>(older.stream().toList());
    ticks.forEach(tick -> all.add(Entry.NotRun.one(tick, reason)));
    return all;
  }

  private static Deque<Instant> latest(Timetable timetable, Instant from, Instant until) {
    Deque<Instant> ticks = new ArrayDeque<>();
    Optional<Instant> tick = timetable.next(from);
    while (tick.isPresent() && !tick.get().isAfter(until)) {
      ticks.addLast(tick.get());
      if (ticks.size() > AgendaRules.MOST_CAUGHT_UP + 1) {
        ticks.removeFirst();
      }
      tick = timetable.next(tick.get());
    }
    return ticks;
  }

  /** One more than the limit tells that there were more, and up to where. */
  private static Backlog of(Instant first, Deque<Instant> latest) {
    if (latest.size() <= AgendaRules.MOST_CAUGHT_UP) {
      return new Backlog(Optional.empty(), new ArrayList<>(latest));
    }
    Instant lastOfOlder = latest.getFirst();
    while (latest.size() > AgendaRules.MOST_CAUGHT_UP) {
      lastOfOlder = latest.removeFirst();
    }
    long count = first.equals(lastOfOlder) ? 1 : 0;
    Entry.NotRun older = new Entry.NotRun(first, lastOfOlder, count, TOO_MANY);
    return new Backlog(Optional.of(older), new ArrayList<>(latest));
  }
}

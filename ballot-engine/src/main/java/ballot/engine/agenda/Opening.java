package ballot.engine.agenda;

import ballot.api.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a leader takes up the book that it finds.
 *
 * @param book as it goes on from there
 * @param again runs of which nobody knows whether they began, and that are to be made up for
 * @param tell what a person should know
 */
record Opening(Book book, List<Entry.Run> again, List<String> tell) {

  private static final String NOBODY_LED = "nobody led when it was due";

  /**
   * Takes up a book.
   *
   * @param found what stands there; empty where nobody ever wrote
   * @param term the leader's own
   */
  static Opening of(
      Optional<Book> found,
      String series,
      Term term,
      AgendaRules.OnUnknown onUnknown,
      Instant now) {
    List<Entry.Run> again = new ArrayList<>();
    List<String> tell = new ArrayList<>();
    Book book = found.orElseGet(() -> Book.first(series, now));
    boolean sameSeries = book.series().equals(series);
    book =
        book.revised(
            run -> {
              if (!run.outcome().isOpen() || run.term() == term.number()) {
                return run;
              }
              boolean begun = run.outcome() == Entry.Outcome.RUNNING;
              boolean redo = !begun && sameSeries && onUnknown == AgendaRules.OnUnknown.RERUN;
              tell.add(line(run, begun, redo));
              if (redo) {
                again.add(run); // stays claimed until it is claimed again
                return run;
              }
              return run.left(begun ? Entry.Outcome.ABANDONED : Entry.Outcome.UNKNOWN);
            });
    if (!sameSeries) {
      tell.add("a new series of ticks begins; the schedule was " + book.series());
      book = book.beginning(series, now);
    }
    return new Opening(book, again, tell);
  }

  private static String line(Entry.Run run, boolean begun, boolean redo) {
    String what = "tick " + run.tick() + " was " + (begun ? "run" : "claimed");
    String by = " by " + run.candidate() + ", who is gone; ";
    if (begun) {
      return what + by + "how it ended is unknown, and it runs no more";
    }
    return what
        + by
        + (redo ? "it is run again, as asked" : "whether it was run is unknown, and stays so");
  }

  /**
   * With what was decided without leadership, which is written down afterwards. Ticks that nobody
   * had decided about when that began are named: a page tells only up to where ticks are decided,
   * and has no room for a gap.
   *
   * @param own the book of whoever ran without leadership
   * @param since when that began
   */
  Book joined(Book own, Timetable timetable, Instant since) {
    if (own.entries().isEmpty()) {
      return book;
    }
    Book both = book;
    boolean sameSeries = own.series().equals(book.series());
    if (sameSeries && book.decidedUntil().isBefore(since)) {
      both = both.with(Backlog.between(timetable, book.decidedUntil(), since).asNotRun(NOBODY_LED));
    }
    Instant decided = sameSeries ? book.decidedUntil() : Instant.MIN;
    for (Entry entry : own.entries()) {
      both =
          switch (entry) {
            case Entry.Run run -> both.find(run).isPresent() ? both : both.with(run);
            case Entry.NotRun ticks ->
                after(decided, ticks, timetable).map(both::with).orElse(both);
          };
    }
    boolean later = sameSeries && own.decidedUntil().isAfter(book.decidedUntil());
    return later ? both.decided(own.decidedUntil()) : both;
  }

  /** What is left of them when those that somebody else decided about are taken away. */
  private static Optional<Entry> after(Instant decided, Entry.NotRun ticks, Timetable timetable) {
    if (!ticks.last().isAfter(decided)) {
      return Optional.empty();
    }
    if (ticks.first().isAfter(decided)) {
      return Optional.of(ticks);
    }
    Instant first = timetable.next(decided).orElse(ticks.last());
    return Optional.of(new Entry.NotRun(first, ticks.last(), 0, ticks.reason()));
  }
}

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
   * With what was decided without leadership, which is written down afterwards. What was due before
   * that, and what nobody had decided about, is named: as nothing that is later than a decision can
   * be told from it any more.
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
    for (Entry entry : own.entries()) {
      boolean known =
          switch (entry) {
            case Entry.Run run -> both.find(run).isPresent();
            // of those that a leader had decided about, it knows more
            case Entry.NotRun not -> sameSeries && !not.first().isAfter(book.decidedUntil());
          };
      both = known ? both : both.with(entry);
    }
    boolean later = sameSeries && own.decidedUntil().isAfter(book.decidedUntil());
    return later ? both.decided(own.decidedUntil()) : both;
  }
}

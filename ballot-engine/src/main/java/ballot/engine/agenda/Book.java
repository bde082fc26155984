package ballot.engine.agenda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the leaders of an election wrote down about their runs.
 *
 * @param series the schedule whose ticks these are
 * @param decidedUntil every tick up to here was decided: claimed, or not to be run
 * @param entries oldest first; of those that are over only the latest are kept
 */
public record Book(String series, Instant decidedUntil, List<Entry> entries) {

  /** So many entries are kept, beside those of runs that go on. */
  public static final int MOST_ENTRIES = 100;

  /** Copies the list. */
  public Book {
    entries = List.copyOf(entries);
  }

  /** A new series: nothing before this moment is owed. */
  Book beginning(String newSeries, Instant from) {
    return new Book(newSeries, from, entries);
  }

  /** The first page. */
  static Book first(String series, Instant from) {
    return new Book(series, from, List.of());
  }

  Book decided(Instant until) {
    return new Book(series, until, entries);
  }

  /** With another entry, or in place of the same run's. */
  Book with(Entry.Run run) {
    List<Entry> next = new ArrayList<>(entries);
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i) instanceof Entry.Run other && other.isSameAs(run)) {
        next.set(i, run);
        return new Book(series, decidedUntil, next);
      }
    }
    next.add(run);
    return trimmed(next);
  }

  /**
   * With ticks that are not run, one line for neighbours of one reason.
   *
   * @param passed those in a row after the last that was decided about, or a single one
   */
  Book with(List<Entry.NotRun> passed) {
    List<Entry> next = new ArrayList<>(entries);
    for (Entry.NotRun more : Entry.NotRun.folded(passed)) {
      boolean joins =
          !next.isEmpty()
              && next.getLast() instanceof Entry.NotRun last
              && last.reason().equals(more.reason())
              && last.last().equals(decidedUntil); // or others lie between the two
      next.add(joins ? ((Entry.NotRun) next.removeLast()).followedBy(more) : more);
    }
    return trimmed(next);
  }

  /** With another entry as it is. */
  Book with(Entry entry) {
    if (entry instanceof Entry.Run run) {
      return with(run);
    }
    List<Entry> next = new ArrayList<>(entries);
    next.add(entry);
    return trimmed(next);
  }

  Book without(Entry.Run run) {
    List<Entry> next = new ArrayList<>(entries);
    next.removeIf(entry -> entry instanceof Entry.Run other && other.isSameAs(run));
    return new Book(series, decidedUntil, next);
  }

  /** With every run changed. */
  Book revised(UnaryOperator<Entry.Run> change) {
    List<Entry> next = new ArrayList<>();
    for (Entry entry : entries) {
      next.add(entry instanceof Entry.Run run ? change.apply(run) : entry);
    }
    return new Book(series, decidedUntil, next);
  }

  Optional<Entry.Run> find(Entry.Run run) {
    return runs().stream().filter(other -> other.isSameAs(run)).findFirst();
  }

  /** The runs, oldest first. */
  public List<Entry.Run> runs() {
    List<Entry.Run> runs = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Run run) {
        runs.add(run);
      }
    }
    return runs;
  }

  private Book trimmed(List<Entry> all) {
    int surplus = all.size() - MOST_ENTRIES;
    List<Entry> kept = new ArrayList<>();
    for (Entry entry : all) {
      if (surplus > 0 && !(entry instanceof Entry.Run run && run.outcome().isOpen())) {
        surplus--;
      } else {
        kept.add(entry);
      }
    }
    return new Book(series, decidedUntil, kept);
  }
}

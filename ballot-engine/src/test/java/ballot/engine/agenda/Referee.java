package ballot.engine.agenda;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Knows what was run and what was ever written, and nothing of how agendas think. */
final class Referee {

  static final String ELECTION = "nightly";

  private final Play play;
  private final Truth truth;
  private final TreeMap<Instant, SimulatedRun> runs = new TreeMap<>();
  private final Set<Claim> claims = new HashSet<>();
  private final Set<Claim> again = new HashSet<>();
  private final Named named = new Named();
  private final Set<SimulatedRun> running = new HashSet<>();

  private record Claim(Instant tick, long term) {}

  Referee(Play play) {
    this.play = play;
    this.truth = new Truth(play.set);
  }

  // runs

  /** A command was executed. */
  void began(SimulatedRun run) {
    Instant tick = run.order().tick();
    if (run.order().term().isPresent()) {
      mayRun(run, run.order().term().get().number(), runs.get(tick));
      runs.put(tick, run);
    } else {
      runs.putIfAbsent(tick, run);
    }
    running.add(run);
    play.tally.count("runs");
    if (play.set.rules().concurrency() != AgendaRules.Concurrency.ALLOW && running.size() > 1) {
      throw new Violation("two runs at once: " + run.order());
    }
  }

  private void mayRun(SimulatedRun run, long term, @Nullable SimulatedRun earlier) {
    Instant tick = run.order().tick();
    if (!play.store.isHeldUnder(term)) {
      throw new Violation("executed under term " + term + ", which is over: " + run.order());
    }
    if (!claims.contains(new Claim(tick, term))) {
      throw new Violation("executed before its claim stands: " + run.order());
    }
    if (earlier != null && earlier.order().term().isPresent()) {
      boolean sameTerm = earlier.order().term().get().number() == term;
      boolean allowed =
          sameTerm ? play.set.rerunsInOneTerm() : again.contains(new Claim(tick, term));
      if (!allowed) {
        throw new Violation("I6: executed twice: " + earlier.order() + " and " + run.order());
      }
      play.tally.count(sameTerm ? "runs again, as asked" : "unknown ticks run again, as asked");
    }
    if (play.store.book().stream().anyMatch(book -> Named.isNamed(book, tick))) {
      throw new Violation("executed, and named as not run before: " + run.order());
    }
  }

  void ended(SimulatedRun run, boolean begun) {
    if (begun && !running.remove(run)) {
      throw new Violation("ended twice: " + run.order());
    }
  }

  // pages

  /** A page was written. */
  void written(Reign reign, long term, Optional<Book> before, Book book) {
    checkSize(book);
    Set<Entry> old = Collections.newSetFromMap(new IdentityHashMap<>());
    before.ifPresent(page -> old.addAll(page.entries()));
    for (Entry entry : book.entries()) {
      if (!old.contains(entry)) {
        switch (entry) {
          case Entry.Run run -> written(reign, term, before, run);
          case Entry.NotRun ticks -> written(reign, ticks);
        }
      } else if (entry instanceof Entry.Run run) {
        checkOpen(reign, term, run);
      }
    }
    named.begin(book.decidedUntil());
  }

  private void written(Reign reign, long term, Optional<Book> before, Entry.Run run) {
    checkOpen(reign, term, run);
    play.tally.count("written: " + run.outcome());
    named.add(run.tick(), run.tick());
    if (run.outcome() == Entry.Outcome.CLAIMED && run.term() == term) {
      Claim claim = new Claim(run.tick(), term);
      claims.add(claim);
      boolean unknown =
          before.stream()
              .flatMap(book -> book.runs().stream())
              .anyMatch(
                  other ->
                      other.tick().equals(run.tick())
                          && other.term() < term
                          && other.outcome() == Entry.Outcome.CLAIMED);
      if (unknown && play.set.rules().onUnknown() == AgendaRules.OnUnknown.RERUN) {
        again.add(claim);
      }
    }
  }

  private void written(Reign reign, Entry.NotRun ticks) {
    String reason = ticks.reason().replaceAll("[0-9.]+[a-z]+|[0-9]+", "N");
    play.tally.count("written: not run, " + reason);
    if (ticks.first().isAfter(ticks.last())) {
      throw new Violation("runs backwards: " + ticks);
    }
    named.add(ticks.first(), ticks.last());
    truth.check(ticks, reign.conduct());
    for (SimulatedRun run : runs.subMap(ticks.first(), true, ticks.last(), true).values()) {
      if (run.order().term().isPresent()) {
        throw new Violation(run.order() + " was run, and is named: " + ticks);
      }
    }
  }

  private void checkOpen(Reign reign, long term, Entry.Run run) {
    boolean own = run.term() == term || run.term() == 0 && run.candidate().equals(reign.name());
    boolean waits =
        run.outcome() == Entry.Outcome.CLAIMED
            && play.set.rules().onUnknown() == AgendaRules.OnUnknown.RERUN;
    boolean planted = play.mutant == Mutant.RUNS_THE_UNKNOWN_AGAIN;
    if (run.outcome().isOpen() && !own && !waits && !planted) {
      throw new Violation("still open in term " + term + ": " + run);
    }
  }

  private static void checkSize(Book book) {
    long open = book.runs().stream().filter(run -> run.outcome().isOpen()).count();
    if (book.entries().size() > Book.MOST_ENTRIES + open) {
      throw new Violation("the book grows: " + book.entries().size() + ", open " + open);
    }
  }

  /** What somebody decides without leadership between two times nobody else can know. */
  void nobodyKnows(Instant from, Instant until) {
    named.add(from, until);
  }

  // the end

  /** Every tick was run or named, and somebody goes on deciding. */
  void close() {
    Optional<Book> book = play.store.book();
    if (book.isEmpty()) {
      throw new Violation("nobody ever wrote");
    }
    Instant until = book.get().decidedUntil();
    long count = 0;
    Optional<Instant> tick = play.set.timetable().next(named.from());
    while (tick.isPresent() && !tick.get().isAfter(until)) {
      Instant due = tick.get();
      boolean ran = runs.containsKey(due);
      if (!ran && !named.contains(due)) {
        throw new Violation("tick " + due + " was neither run nor named");
      }
      count++;
      tick = play.set.timetable().next(due);
    }
    for (long i = 0; i < count; i += 1000) {
      play.tally.count("thousands of ticks, begun");
    }
    truth.checkCurrent(play, until);
  }
}

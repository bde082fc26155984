package ballot.engine.agenda;

import ballot.api.Durations;
import ballot.engine.core.Effect.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The book as its leader means it to be: what was decided and became of it, and the claim that is
 * on its way. What of it stands in the ledger the {@link Diary} knows.
 */
final class Draft {

  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final String candidate;
  private final List<AgendaEffect> effects;
  private final Deque<Entry.Run> again = new ArrayDeque<>();
  private @Nullable Book book;
  private @Nullable Claim claim;

  /**
   * A tick that was decided to be run, and is not yet known to be written down.
   *
   * @param before how far ticks had been decided about
   * @param unknown an earlier run of it that this one makes up for
   */
  record Claim(Entry.Run run, Instant before, Optional<Entry.Run> unknown) {}

  /**
   * With nothing in it.
   *
   * @param candidate who decides, for people
   */
  Draft(String candidate, List<AgendaEffect> effects) {
    this.candidate = candidate;
    this.effects = effects;
  }

  /** Begins where nothing was written, without leadership. */
  void begin(Book first) {
    book = first;
  }

  /**
   * Goes on from the book that a leader found.
   *
   * @param since when what was done without leadership began
   */
  void open(Opening opening, Timetable timetable, Instant since, Instant now) {
    Book own = book;
    Book opened = own == null ? opening.book() : opening.joined(own, timetable, since);
    book = opened;
    again.clear();
    again.addAll(opening.again());
    opening.tell().forEach(line -> tell(Level.WARN, line));
    Duration ahead = Duration.between(now, opened.decidedUntil());
    if (ahead.compareTo(AHEAD) > 0) {
      tell(
          Level.WARN,
          "the last tick that was decided lies in the future, at "
              + opened.decidedUntil()
              + ": a clock is wrong, here or there, and nothing is run for "
              + Durations.format(ahead.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /** What is written there, or is to be. */
  Book book() {
    if (book == null) {
      throw new IllegalStateException("nothing was read yet");
    }
    return book;
  }

  // claims

  boolean isClaiming() {
    return claim != null;
  }

  Optional<Claim> claim() {
    return Optional.ofNullable(claim);
  }

  boolean owesUnknown() {
    return claim == null && !again.isEmpty();
  }

  /**
   * Decides to run a tick.
   *
   * @param term under which; zero where nothing is written and nothing waited for
   */
  Entry.Run claim(Instant tick, long term, Instant now) {
    return claim(tick, tick, Optional.empty(), term, now);
  }

  /** Decides to run once more a tick of which nobody knows whether it was run. */
  Entry.Run claimUnknown(long term, Instant now) {
    Entry.Run unknown = again.removeFirst();
    book = book().with(unknown.left(Entry.Outcome.UNKNOWN));
    return claim(unknown.tick(), book().decidedUntil(), Optional.of(unknown), term, now);
  }

  private Entry.Run claim(
      Instant tick, Instant decidedUntil, Optional<Entry.Run> unknown, long term, Instant now) {
    Entry.Run run = Entry.Run.claim(tick, term, candidate, now);
    Instant before = book().decidedUntil();
    book = book().decided(decidedUntil).with(run);
    if (term > 0) {
      claim = new Claim(run, before, unknown);
    }
    return run;
  }

  /** The claim was made use of, or is of a leadership that is over. */
  void forgetClaim() {
    claim = null;
  }

  /** Takes back a claim whose run has not begun, so that whoever leads next can run it. */
  void withdraw() {
    if (claim != null) {
      book = book().without(claim.run).decided(claim.before);
      claim.unknown.ifPresent(unknown -> book = book().with(unknown));
      claim = null;
    }
  }

  /** Gives up a claim that stands. Of an unknown tick nobody can say that it was not run. */
  void giveUp(Claim made, String reason) {
    claim = null;
    book = book().without(made.run);
    if (made.unknown.isEmpty()) {
      passOver(List.of(Entry.NotRun.one(made.run.tick(), reason)));
    } else {
      tell(Level.WARN, "tick " + made.run.tick() + " stays unknown: " + reason);
    }
  }

  // what became of ticks

  void note(Entry.Run run) {
    book = book().with(run);
  }

  void passOver(List<Entry.NotRun> passed) {
    for (Entry.NotRun ticks : Entry.NotRun.folded(passed)) {
      tell(Level.WARN, ticks.text());
    }
    book = book().with(passed);
    if (!passed.isEmpty()) {
      book = book().decided(passed.getLast().last());
    }
  }

  /**
   * Leaves a run that never began to whoever leads next, if nothing was decided after it.
   *
   * @return false if it has to be told as what it is
   */
  boolean leaveToTheNext(Entry.Run run) {
    long attempts = book().runs().stream().filter(any -> any.tick().equals(run.tick())).count();
    if (run.attempts() > 1 || attempts > 1 || !run.tick().equals(book().decidedUntil())) {
      return false;
    }
    book = book().without(run).decided(run.tick().minusNanos(1));
    return true;
  }

  private void tell(Level level, String message) {
    effects.add(new AgendaEffect.Tell(level, message));
  }
}

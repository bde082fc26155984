package ballot.engine.agenda;

import ballot.api.Durations;
import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The book as its leader keeps it: what was decided and became of it, the claim that is on its way,
 * and what of all that stands in the ledger. Without leadership nothing is written.
 */
final class Diary {

  /**
   * Who is told that it does not lead asks again after this, unless it is ended: with {@code
   * --on-lease-loss keep} a leadership can come back.
   */
  private static final Duration UNTIL_BELIEVED_AGAIN = Duration.ofSeconds(2);

  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final Timetable timetable;
  private final String candidate;
  private final AgendaRules.OnUnknown onUnknown;
  private final List<AgendaEffect> effects;
  private final Conversation ledger;
  private final Instant beganAt;
  private final Deque<Entry.Run> again = new ArrayDeque<>();
  private Optional<Term> term;
  private boolean leads = true;
  private Moment leadsAgainAt = Moment.NEVER;
  private boolean opened;
  private @Nullable Book book;
  private @Nullable Claim claim;

  /**
   * A tick that was decided to be run, and is not yet known to be written down.
   *
   * @param before how far ticks had been decided about
   * @param unknown an earlier run of it that this one makes up for
   */
  record Claim(Entry.Run run, Instant before, Optional<Entry.Run> unknown) {}

  Diary(
      Timetable timetable,
      String candidate,
      AgendaRules.OnUnknown onUnknown,
      Optional<Term> term,
      Now now,
      List<AgendaEffect> effects) {
    this.timetable = timetable;
    this.candidate = candidate;
    this.onUnknown = onUnknown;
    this.effects = effects;
    this.ledger = new Conversation(effects, now.moment());
    this.beganAt = now.time();
    this.term = term;
    if (term.isEmpty()) {
      opened = true;
      book = Book.first(timetable.identity(), now.time());
    }
  }

  // the leadership

  /** What was done without leadership is a leader's from now on. */
  void elected(Term won, Moment now) {
    term = Optional.of(won);
    leads = true;
    leadsAgainAt = Moment.NEVER;
    opened = false;
    claim = null;
    ledger.restart(now);
  }

  /** Believes in a leadership again that the store denied a while ago. */
  void tick(Moment now) {
    if (leadsAgainAt.isReached(now)) {
      leadsAgainAt = Moment.NEVER;
      leads = true;
      ledger.restart(now);
    }
  }

  boolean leads() {
    return leads;
  }

  boolean isWritten() {
    return term.isPresent();
  }

  /** The term under which runs begin now. */
  Optional<Term> term() {
    return term.filter(any -> leads);
  }

  long termNumber() {
    return term.map(Term::number).orElse(0L);
  }

  // the ledger

  boolean isAnswer(long number) {
    return ledger.isAnswer(number);
  }

  void read(AgendaEvent.Read read, Now now) {
    answers();
    ledger.heard(read);
    if (!opened) {
      open(read.book(), now);
    }
  }

  private void open(Optional<Book> found, Now now) {
    opened = true;
    Opening opening =
        Opening.of(found, timetable.identity(), term.orElseThrow(), onUnknown, now.time());
    book = book == null ? opening.book() : opening.joined(book, timetable, beganAt);
    again.clear();
    again.addAll(opening.again());
    opening.tell().forEach(line -> tell(Level.WARN, line));
    Duration ahead = Duration.between(now.time(), book.decidedUntil());
    if (ahead.compareTo(AHEAD) > 0) {
      tell(
          Level.WARN,
          "the last tick that was decided lies in the future, at "
              + book.decidedUntil()
              + ": a clock is wrong, here or there, and nothing is run for "
              + Durations.format(ahead.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  void wrote(AgendaEvent.Wrote wrote, Moment now) {
    answers();
    ledger.heard(wrote.receipt(), now);
    if (wrote.receipt() instanceof Ledger.Receipt.NotLeading not) {
      tell(leads ? Level.WARN : Level.DEBUG, "no tick is run: " + not.because());
      leads = false;
      leadsAgainAt = now.plus(UNTIL_BELIEVED_AGAIN);
      withdraw();
    }
  }

  void missed(AgendaEvent.Unanswered none, Moment now) {
    tell(ledger.isUnanswered() ? Level.DEBUG : Level.WARN, none.message());
    ledger.missed(none, now);
  }

  private void answers() {
    if (ledger.isUnanswered()) {
      tell(Level.INFO, "the ledger answers again");
    }
  }

  /** Whether more can be decided; asks the ledger if that is what is missing. */
  boolean isReady(Moment now) {
    if (term.isEmpty()) {
      return true;
    }
    if (!ledger.isUnsure()) {
      return !ledger.isWaiting();
    }
    if (ledger.mayAsk(now)) {
      ledger.read();
    }
    return false;
  }

  /** Whether it is known what stands there, and nothing is under way. */
  boolean isSettled() {
    return term.isEmpty() || ledger.isSettled();
  }

  boolean isOpen() {
    return opened;
  }

  boolean isWaiting() {
    return ledger.isWaiting();
  }

  Moment wakeAt() {
    Moment next = term.isPresent() && leads ? ledger.wakeAt() : Moment.NEVER;
    return Moment.earlier(next, leadsAgainAt);
  }

  boolean hasNews() {
    return term.isPresent() && opened && leads && !ledger.standing().equals(Optional.of(book()));
  }

  void writeNews() {
    if (hasNews() && !ledger.isWaiting() && !ledger.isUnsure()) {
      ledger.write(term.orElseThrow(), book());
    }
  }

  // claims

  boolean isClaiming() {
    return claim != null;
  }

  /** The claim, once it is known to stand. */
  Optional<Claim> standing() {
    Claim made = claim;
    return made == null
        ? Optional.empty()
        : ledger.standing().flatMap(page -> page.find(made.run)).map(there -> made);
  }

  /** Claims a tick; what was claimed without leadership can be run at once. */
  Entry.Run claim(Instant tick, Now now) {
    return claim(tick, tick, Optional.empty(), now);
  }

  boolean owesUnknown() {
    return claim == null && !again.isEmpty();
  }

  /** Claims a tick once more, of which nobody knows whether it was run. */
  Entry.Run claimUnknown(Now now) {
    Entry.Run unknown = again.removeFirst();
    book = book().with(unknown.left(Entry.Outcome.UNKNOWN));
    return claim(unknown.tick(), book().decidedUntil(), Optional.of(unknown), now);
  }

  private Entry.Run claim(
      Instant tick, Instant decidedUntil, Optional<Entry.Run> unknown, Now now) {
    Entry.Run run = Entry.Run.claim(tick, termNumber(), candidate, now.time());
    Instant before = book().decidedUntil();
    book = book().decided(decidedUntil).with(run);
    if (term.isPresent()) {
      claim = new Claim(run, before, unknown);
      writeNews();
    }
    return run;
  }

  /** The claim was made use of. */
  void useClaim() {
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

  // the book

  Book book() {
    if (book == null) {
      throw new IllegalStateException("nothing was read yet");
    }
    return book;
  }

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

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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of a schedule does, from the moment it leads until it leads no more. One thread
 * at a time; the same events at the same moments always have the same effects.
 *
 * <p>Without a term it runs ticks as they come, and nothing is written down.
 */
public final class Agenda {

  /** How long the last word may take when there is nothing else left to do. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  /**
   * Who is told that it does not lead asks again after this, unless it is ended: with {@code
   * --on-lease-loss keep} a leadership can come back.
   */
  private static final Duration UNTIL_BELIEVED_AGAIN = Duration.ofSeconds(2);

  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final AgendaRules rules;
  private final Timetable timetable;
  private final String candidate;
  private final Judge judge;
  private final List<AgendaEffect> effects = new ArrayList<>();
  private final Conversation ledger;
  private final Runs runs;

  private Optional<Term> term;
  private final Instant beganAt;
  private Instant openedAt;
  private boolean leads = true;
  private Moment leadsAgainAt = Moment.NEVER;
  private boolean opened;
  private @Nullable Book book;
  private @Nullable Claim claim;
  private final Deque<Entry.Run> again = new ArrayDeque<>();
  private Leaving leaving = Leaving.NO;
  private Moment finishBy = Moment.NEVER;
  private boolean over;
  private Wake wake = Wake.NEVER;

  /**
   * A tick that was decided to be run, and is not yet known to be written down.
   *
   * @param before how far ticks had been decided about
   * @param unknown an earlier run of it that this one makes up for
   */
  private record Claim(Entry.Run run, Instant before, Optional<Entry.Run> unknown) {}

  private enum Leaving {
    NO,
    /** As soon as the runs that go on have ended. */
    SOON,
    /** The runs are being ended. */
    NOW
  }

  /**
   * Begins.
   *
   * @param election its name, which puts off its ticks by its own measure
   * @param candidate who runs them, for people
   * @param term under which; empty without leadership
   */
  public Agenda(
      AgendaRules rules,
      Timetable timetable,
      String election,
      String candidate,
      Optional<Term> term,
      Now now) {
    this.rules = rules;
    this.timetable = timetable;
    this.candidate = candidate;
    this.judge = new Judge(rules, timetable, new Jitter(election, rules.jitter()));
    this.ledger = new Conversation(effects, now.moment());
    this.runs = new Runs(rules, effects);
    this.term = term;
    this.beganAt = now.time();
    this.openedAt = now.time();
    if (term.isEmpty()) {
      opened = true;
      book = Book.first(timetable.identity(), now.time());
    }
  }

  /** What follows from an event. Nothing any more once it has finished. */
  public List<AgendaEffect> handle(AgendaEvent event, Now now) {
    if (!over) {
      take(event, now);
      advance(now);
    }
    List<AgendaEffect> all = List.copyOf(effects);
    effects.clear();
    return all;
  }

  /** When it wants to be looked at if nothing happens before. */
  public Wake wakeAt() {
    if (over) {
      return Wake.NEVER;
    }
    Wake next = wake.orAt(runs.wakeAt());
    return runs.isEmpty() ? next.orAt(finishBy) : next;
  }

  private void take(AgendaEvent event, Now now) {
    switch (event) {
      case AgendaEvent.Tick tick -> {}
      case AgendaEvent.Read read when ledger.isAnswer(read.number()) -> read(read, now);
      case AgendaEvent.Wrote wrote when ledger.isAnswer(wrote.number()) -> wrote(wrote, now);
      case AgendaEvent.Unanswered none when ledger.isAnswer(none.number()) -> missed(none, now);
      case AgendaEvent.Started started ->
          runs.started(started.run(), now).ifPresent(entry -> book = book().with(entry));
      case AgendaEvent.Ended ended -> ended(ended, now);
      case AgendaEvent.Elected elected -> elected(elected.term(), now);
      case AgendaEvent.Stop stop -> stop(stop.signal(), now);
      case AgendaEvent.Kill kill -> {
        runs.kill();
        finishBy = now.moment();
      }
      default -> {} // an answer to a question that nobody waits for any more
    }
  }

  // the ledger

  private void read(AgendaEvent.Read read, Now now) {
    answers();
    ledger.heard(read);
    if (opened) {
      confirm(now);
      return;
    }
    opened = true;
    Opening opening =
        Opening.of(read.book(), timetable.identity(), term(), rules.onUnknown(), now.time());
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

  private void wrote(AgendaEvent.Wrote wrote, Now now) {
    answers();
    ledger.heard(wrote.receipt(), now.moment());
    switch (wrote.receipt()) {
      case Ledger.Receipt.Written written -> confirm(now);
      case Ledger.Receipt.Overtaken overtaken -> {}
      case Ledger.Receipt.NotLeading not -> {
        tell(leads ? Level.WARN : Level.DEBUG, "no tick is run: " + not.because());
        leads = false;
        leadsAgainAt = now.moment().plus(UNTIL_BELIEVED_AGAIN);
        withdraw();
      }
    }
  }

  private void missed(AgendaEvent.Unanswered none, Now now) {
    tell(ledger.isUnanswered() ? Level.DEBUG : Level.WARN, none.message());
    ledger.missed(none, now.moment());
  }

  private void answers() {
    if (ledger.isUnanswered()) {
      tell(Level.INFO, "the ledger answers again");
    }
  }

  /** Starts what was claimed, once the claim is known to stand. */
  private void confirm(Now now) {
    Claim made = claim;
    if (made == null || ledger.standing().flatMap(page -> page.find(made.run)).isEmpty()) {
      return;
    }
    Optional<String> tooLate = judge.tooLate(made.run.tick(), now.time());
    if (leaving != Leaving.NO) {
      withdraw();
    } else if (tooLate.isPresent()) {
      claim = null;
      book = book().without(made.run);
      passOver(made, tooLate.get());
    } else {
      claim = null;
      start(made.run, now);
    }
  }

  /** Takes back a claim whose run has not begun, so that whoever leads next can run it. */
  private void withdraw() {
    if (claim != null) {
      book = book().without(claim.run).decided(claim.before);
      claim.unknown.ifPresent(unknown -> book = book().with(unknown));
      claim = null;
    }
  }

  // the runs

  private void start(Entry.Run entry, Now now) {
    String late = judge.lateness(entry.tick(), now.time()).map(text -> ", " + text).orElse("");
    tell(Level.INFO, "tick " + entry.tick() + late);
    runs.start(entry, term.filter(any -> leads));
  }

  private void ended(AgendaEvent.Ended event, Now now) {
    Optional<Runs.Ending> known = runs.ended(event, now);
    if (known.isEmpty()) {
      return;
    }
    Runs.Ending ending = known.get();
    if (!event.executed() && leaving == Leaving.NOW && isLatest(ending.entry())) {
      // whoever leads next can run it: here it never began
      Instant tick = ending.entry().tick();
      book = book().without(ending.entry()).decided(tick.minusNanos(1));
      return;
    }
    book = book().with(ending.entry());
    if (leaving != Leaving.NO) {
      return;
    }
    switch (ending.reaction()) {
      case IGNORE -> {}
      case RERUN -> {
        if (ending.entry().term() == termNumber()) {
          runs.rerunLater(ending.entry(), now.moment());
        }
      }
      case REELECT, EXIT -> {
        runs.forgetRerun();
        leaving = Leaving.SOON;
      }
    }
  }

  /** Whether it is the only attempt at the last tick that was decided about. */
  private boolean isLatest(Entry.Run run) {
    long attempts = book().runs().stream().filter(any -> any.tick().equals(run.tick())).count();
    return run.attempts() == 1 && attempts == 1 && run.tick().equals(book().decidedUntil());
  }

  private void elected(Term won, Now now) {
    term = Optional.of(won);
    leads = true;
    leadsAgainAt = Moment.NEVER;
    opened = false;
    openedAt = now.time();
    claim = null;
    runs.forgetRerun(); // what began without leadership was claimed by nobody
    ledger.restart(now.moment());
  }

  private void believeAgain(Moment now) {
    leadsAgainAt = Moment.NEVER;
    leads = true;
    wake = Wake.NEVER;
    ledger.restart(now);
  }

  private void stop(int signal, Now now) {
    leaving = Leaving.NOW;
    runs.stop(signal);
    if (runs.isEmpty()) {
      finishBy = now.moment().plus(LAST_WORD);
    }
  }

  // what is next

  private void advance(Now now) {
    wake = Wake.NEVER.orAt(leadsAgainAt);
    runs.tick(now.moment());
    if (leadsAgainAt.isReached(now.moment())) {
      believeAgain(now.moment());
    }
    if (leaving != Leaving.NO) {
      conclude(now);
      return;
    }
    while (leads && isReady(now) && decide(now)) {
      // until there is nothing more to decide
    }
    if (term.isPresent()) {
      wake = wake.orAt(ledger.wakeAt());
    }
    if (leads && (term.isEmpty() || ledger.isSettled())) {
      wake = wake.orAt(runs.rerunAt()); // while nothing can be decided an answer wakes
    }
  }

  /** Whether ticks can be decided about; asks the ledger if that is what is missing. */
  private boolean isReady(Now now) {
    if (term.isEmpty()) {
      return true;
    }
    if (!ledger.isUnsure()) {
      return !ledger.isWaiting();
    }
    if (ledger.mayAsk(now.moment())) {
      ledger.read();
    }
    return false;
  }

  private boolean decide(Now now) {
    runs.rerun(now.moment())
        .ifPresent(
            entry -> {
              book = book().with(entry);
              runs.start(entry, term);
            });
    if (claim == null && !again.isEmpty() && runs.isEmpty()) {
      Entry.Run unknown = again.removeFirst();
      book = book().with(unknown.left(Entry.Outcome.UNKNOWN));
      claim(unknown.tick(), book().decidedUntil(), Optional.of(unknown), now);
      return term.isEmpty();
    }
    Decision decision =
        claim != null
            ? new Decision.Hold()
            : judge.decide(book(), runs.going(), now.time(), openedAt);
    switch (decision) {
      case Decision.Rest rest -> {
        wake = new Wake(rest.until(), wake.moment());
        writeNews();
        return false;
      }
      case Decision.Hold hold -> {
        writeNews();
        return false;
      }
      case Decision.Displace displace -> {
        runs.displace(now.moment());
        writeNews();
        return false;
      }
      case Decision.PassOver pass -> {
        passOver(pass.passed());
        return true;
      }
      case Decision.Claim due -> {
        passOver(due.passed());
        claim(due.tick(), due.tick(), Optional.empty(), now);
        return term.isEmpty();
      }
    }
  }

  private void claim(Instant tick, Instant decidedUntil, Optional<Entry.Run> unknown, Now now) {
    runs.forgetRerun();
    Entry.Run run = Entry.Run.claim(tick, termNumber(), candidate, now.time());
    Instant before = book().decidedUntil();
    book = book().decided(decidedUntil).with(run);
    if (term.isPresent()) {
      claim = new Claim(run, before, unknown);
      writeNews();
    } else {
      start(run, now);
    }
  }

  /** Gives up a claim that stands. Of an unknown tick nobody can say that it was not run. */
  private void passOver(Claim made, String reason) {
    if (made.unknown.isEmpty()) {
      passOver(List.of(Entry.NotRun.one(made.run.tick(), reason)));
    } else {
      tell(Level.WARN, "tick " + made.run.tick() + " stays unknown: " + reason);
    }
  }

  private void passOver(List<Entry.NotRun> passed) {
    for (Entry.NotRun ticks : Entry.NotRun.folded(passed)) {
      tell(Level.WARN, ticks.text());
    }
    book = book().with(passed);
    if (!passed.isEmpty()) {
      book = book().decided(passed.getLast().last());
    }
  }

  private boolean hasNews() {
    return term.isPresent() && opened && leads && !ledger.standing().equals(Optional.of(book()));
  }

  private void writeNews() {
    if (hasNews() && !ledger.isWaiting() && !ledger.isUnsure()) {
      ledger.write(term(), book());
    }
  }

  // the end

  private void conclude(Now now) {
    if (!runs.isEmpty()) {
      // what has ended by now is written down while the rest goes on
      if (leads && isReady(now)) {
        writeNews();
      }
      wake = term.isPresent() && leads ? wake.orAt(ledger.wakeAt()) : wake;
      return;
    }
    if (finishBy.equals(Moment.NEVER)) {
      finishBy = now.moment().plus(LAST_WORD);
    }
    boolean inTime = !finishBy.isReached(now.moment());
    if (inTime && term.isPresent() && opened && leads) {
      if (ledger.isWaiting() || !isReady(now)) {
        wake = wake.orAt(ledger.wakeAt());
        return;
      }
      withdraw();
      if (hasNews()) {
        writeNews();
        return;
      }
    }
    over = true;
    effects.add(new AgendaEffect.Finish(runs.lastOutcome()));
  }

  private Book book() {
    if (book == null) {
      throw new IllegalStateException("nothing was read yet");
    }
    return book;
  }

  private long termNumber() {
    return term.map(Term::number).orElse(0L);
  }

  private Term term() {
    return term.orElseThrow();
  }

  private void tell(Level level, String message) {
    effects.add(new AgendaEffect.Tell(level, message));
  }
}

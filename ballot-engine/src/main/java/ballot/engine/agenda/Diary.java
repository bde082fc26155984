package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What of a leader's {@link Draft} stands in the ledger, and under which leadership. Without one
 * nothing is written.
 */
final class Diary {

  /**
   * Who is told that it does not lead asks again after this, unless it is ended: with {@code
   * --on-lease-loss keep} a leadership can come back.
   */
  private static final Duration UNTIL_BELIEVED_AGAIN = Duration.ofSeconds(2);

  private final Timetable timetable;
  private final AgendaRules.OnUnknown onUnknown;
  private final List<AgendaEffect> effects;
  private final Draft draft;
  private final Conversation ledger;
  private final Instant beganAt;
  private Optional<Term> term;
  private boolean leads = true;
  private Moment leadsAgainAt = Moment.NEVER;
  private boolean opened;

  Diary(
      Timetable timetable,
      Draft draft,
      AgendaRules.OnUnknown onUnknown,
      Optional<Term> term,
      Now now,
      List<AgendaEffect> effects) {
    this.timetable = timetable;
    this.draft = draft;
    this.onUnknown = onUnknown;
    this.effects = effects;
    this.ledger = new Conversation(effects, now.moment());
    this.beganAt = now.time();
    this.term = term;
    if (term.isEmpty()) {
      opened = true;
      draft.begin(Book.first(timetable.identity(), now.time()));
    }
  }

  // the leadership

  /** What was done without leadership is a leader's from now on. */
  void elected(Term won, Moment now) {
    term = Optional.of(won);
    leads = true;
    leadsAgainAt = Moment.NEVER;
    opened = false;
    draft.forgetClaim();
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
      opened = true;
      Opening opening =
          Opening.of(read.book(), timetable.identity(), term.orElseThrow(), onUnknown, now.time());
      draft.open(opening, timetable, beganAt, now.time());
    }
  }

  void wrote(AgendaEvent.Wrote wrote, Moment now) {
    answers();
    ledger.heard(wrote.receipt(), now);
    if (wrote.receipt() instanceof Ledger.Receipt.NotLeading not) {
      tell(leads ? Level.WARN : Level.DEBUG, "no tick is run: " + not.because());
      leads = false;
      leadsAgainAt = now.plus(UNTIL_BELIEVED_AGAIN);
      draft.withdraw();
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
    return term.isPresent()
        && opened
        && leads
        && !ledger.standing().equals(Optional.of(draft.book()));
  }

  void writeNews() {
    if (hasNews() && !ledger.isWaiting() && !ledger.isUnsure()) {
      ledger.write(term.orElseThrow(), draft.book());
    }
  }

  /** The claim, once it is known to stand. */
  Optional<Draft.Claim> standing() {
    return draft
        .claim()
        .filter(made -> ledger.standing().flatMap(page -> page.find(made.run())).isPresent());
  }

  private void tell(Level level, String message) {
    effects.add(new AgendaEffect.Tell(level, message));
  }
}

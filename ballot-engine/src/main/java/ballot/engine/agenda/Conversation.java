package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agenda and its ledger have said to each other: one question at a time, and after a
 * question without an answer a look before anything else is believed.
 */
final class Conversation {

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
  private static final Duration LASTING_RETRY = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 5;

  private final List<AgendaEffect> effects;
  private Ledger.Page page = Ledger.Page.BLANK;
  private @Nullable Book standing;
  private @Nullable Open open;
  private boolean unsure = true;
  private Moment askAt;
  private int failures;
  private long questions;

  /** A question under way; the book is that of a write. */
  private record Open(long number, @Nullable Book book) {}

  Conversation(List<AgendaEffect> effects, Moment now) {
    this.effects = effects;
    this.askAt = now;
  }

  /** Begins anew under another term: what stands there is to be read first. */
  void restart(Moment now) {
    unsure = true;
    open = null; // an answer that comes late is not listened to
    askAt = now;
  }

  boolean isWaiting() {
    return open != null;
  }

  /** Whether it is not known what stands there. */
  boolean isUnsure() {
    return unsure;
  }

  /** Whether it is known what stands there, and nothing is under way. */
  boolean isSettled() {
    return !unsure && open == null;
  }

  boolean isUnanswered() {
    return failures > 0;
  }

  /** What stands there as far as is known; empty if nothing does. */
  Optional<Book> standing() {
    return Optional.ofNullable(standing);
  }

  /** When a question may be put that could not be put before. */
  Moment wakeAt() {
    return open == null ? askAt : Moment.NEVER;
  }

  boolean mayAsk(Moment now) {
    return open == null && askAt.isReached(now);
  }

  void read() {
    open = new Open(++questions, null);
    askAt = Moment.NEVER;
    effects.add(new AgendaEffect.Read(questions));
  }

  void write(Term term, Book book) {
    open = new Open(++questions, book);
    askAt = Moment.NEVER;
    effects.add(new AgendaEffect.Write(questions, term, page, book));
  }

  /** Takes an answer; false if it is not one to the question under way. */
  boolean isAnswer(long number) {
    return open != null && open.number == number;
  }

  void heard(AgendaEvent.Read read) {
    open = null;
    page = read.page();
    standing = read.book().orElse(null);
    unsure = false;
    answered();
  }

  void heard(Ledger.Receipt receipt, Moment now) {
    Book book = open == null ? null : open.book;
    open = null;
    switch (receipt) {
      case Ledger.Receipt.Written written -> {
        page = written.page();
        standing = book;
        answered();
      }
      case Ledger.Receipt.Overtaken overtaken -> {
        unsure = true;
        askAt = now;
      }
      case Ledger.Receipt.NotLeading not -> answered();
    }
  }

  private void answered() {
    failures = 0;
    askAt = Moment.NEVER;
  }

  void missed(AgendaEvent.Unanswered none, Moment now) {
    open = null;
    unsure = true;
    Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    failures++;
    if (none.lasting()) {
      pause = LASTING_RETRY;
    } else if (pause.compareTo(LONGEST_RETRY) > 0) {
      pause = LONGEST_RETRY;
    }
    askAt = now.plus(pause);
  }
}

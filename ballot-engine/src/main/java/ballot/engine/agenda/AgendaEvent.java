package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Event.Outcome;
import java.util.Optional;

/** What happens to an agenda from outside. */
public sealed interface AgendaEvent {

  /** Time has passed; perhaps nothing else. Also the first event. */
  record Tick() implements AgendaEvent {}

  /** The ledger was read; the book is empty where nobody ever wrote. */
  record Read(long number, Ledger.Page page, Optional<Book> book) implements AgendaEvent {}

  /** A write was answered. */
  record Wrote(long number, Ledger.Receipt receipt) implements AgendaEvent {}

  /**
   * A question about the ledger had no answer, or one that cannot be used.
   *
   * @param lasting whether asking again soon will not help
   */
  record Unanswered(long number, String message, boolean lasting) implements AgendaEvent {}

  /** The command of a run has begun. */
  record Started(long run) implements AgendaEvent {}

  /**
   * Everything of a run is gone.
   *
   * @param executed whether its command was executed at all
   */
  record Ended(long run, Outcome outcome, boolean executed) implements AgendaEvent {}

  /** The runs, which had no leadership, have one from now on. */
  record Elected(Term term) implements AgendaEvent {}

  /** End what runs and start nothing more. */
  record Stop(int signal) implements AgendaEvent {}

  /** End what runs now. */
  record Kill() implements AgendaEvent {}
}

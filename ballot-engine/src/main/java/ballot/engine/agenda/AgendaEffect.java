package ballot.engine.agenda;

import ballot.api.Ledger;
import ballot.api.Term;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Event.Outcome;
import java.time.Instant;
import java.util.Optional;

/** What the driver of an agenda is to do. Effects are performed in order; none is waited for. */
public sealed interface AgendaEffect {

  /** Read the ledger; a {@link AgendaEvent.Read} or {@link AgendaEvent.Unanswered} follows. */
  record Read(long number) implements AgendaEffect {}

  /** Write it; a {@link AgendaEvent.Wrote} or {@link AgendaEvent.Unanswered} follows. */
  record Write(long number, Term term, Ledger.Page before, Book book) implements AgendaEffect {}

  /** A run is likely to begin soon: what can be made ready for it may be. */
  record Prepare() implements AgendaEffect {}

  /** Run the command; exactly one {@link AgendaEvent.Ended} follows, also if it cannot start. */
  record Start(long run, Optional<Term> term, Instant tick, String id) implements AgendaEffect {}

  /** Ask a run to end. */
  record StopRun(long run, int signal) implements AgendaEffect {}

  /** End a run now. */
  record KillRun(long run) implements AgendaEffect {}

  /** A line for the log. */
  record Tell(Level level, String message) implements AgendaEffect {}

  /** The agenda is over, and nothing of its runs is left. */
  record Finish(Outcome outcome) implements AgendaEffect {}
}

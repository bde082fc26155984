package ballot.engine.core;

import ballot.api.Term;
import java.time.Duration;
import java.util.Optional;

/** What the driver is to do. Effects are performed in order; none is waited for. */
public sealed interface Effect {

  /** Ask the store; exactly one {@link Event.Answered} with this number follows. */
  record Ask(long number, Question question, Duration budget) implements Effect {}

  /**
   * Start the work; exactly one {@link Event.WorkEnded} follows, also if it cannot start.
   *
   * @param run tells this work from other runs
   * @param term the term it runs under; empty when it runs without leadership
   * @param killAt when the guard ends it unless told otherwise
   */
  record StartWork(long run, Optional<Term> term, Moment killAt) implements Effect {}

  /** Work that runs already, without leadership, is that of a leader from now on. */
  record CoverWork(long run, Term term) implements Effect {}

  /** The running work may go on until then; the guard ends it at that moment. */
  record ExtendWork(long run, Moment killAt) implements Effect {}

  /** Ask the work to end. At most once a run. */
  record StopWork(long run, int signal) implements Effect {}

  /** End the work now. Only after {@link StopWork}. */
  record KillWork(long run) implements Effect {}

  /** A line for the log. */
  record Tell(Level level, String message, Optional<Term> term) implements Effect {}

  /** The election is over for this candidate: leave the line and end with this status. */
  record Finish(int status) implements Effect {}

  /** How much a line matters to a person. */
  enum Level {
    /** The story. */
    INFO,
    /** A person may have to act. */
    WARN,
    /** The run ends because of it. */
    ERROR,
    /** For whoever looks closely. */
    DEBUG
  }
}

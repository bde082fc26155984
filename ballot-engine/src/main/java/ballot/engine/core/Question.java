package ballot.engine.core;

import ballot.api.Term;

/** What can be asked of the store. At most one question is open at a time. */
public sealed interface Question {

  /** Do I lead? */
  record Campaign() implements Question {}

  /** Do I still lead? */
  record Renew(Term term) implements Question {}

  /** I lead no longer. */
  record Resign(Term term) implements Question {}

  /**
   * A question under way.
   *
   * @param number tells its answer from those to earlier questions
   * @param askedAt when the order to ask was given: leases count from here
   */
  record Open(long number, Question question, Moment askedAt) {}
}

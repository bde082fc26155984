package ballot.engine.core;

import ballot.api.Lease;
import ballot.api.Term;

/**
 * The four decisions that exclusion hangs on, in one place. The tests plant their mutants here and
 * show that the simulation catches each.
 */
class Judgement {

  /** A lease counts from when it was asked for, never from when the answer came. */
  Deadlines deadlines(Lease lease, Moment askedAt, Moment answeredAt, Timings timings) {
    return Deadlines.of(lease, askedAt, timings);
  }

  /** Leadership is given back only once the work is confirmed gone. */
  boolean mayGiveBack(boolean workIsGone) {
    return workIsGone;
  }

  /** A term that was given back, or that ended, is never led again. */
  boolean mayLead(Term term, long highestEnded) {
    return term.number() > highestEnded;
  }

  /** Time is kept for stopping: whoever has too little left does not begin. */
  boolean leavesTime(Deadlines deadlines, Moment now) {
    return !deadlines.stopAt().isReached(now);
  }
}

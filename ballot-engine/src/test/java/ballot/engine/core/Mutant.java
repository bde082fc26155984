package ballot.engine.core;

import ballot.api.Lease;
import ballot.api.Term;

/**
 * Machines with a planted bug, and the one without. A simulation that does not tell them apart
 * proves nothing.
 */
public enum Mutant {
  /** The machine as it is. */
  NONE(new Judgement()),

  /** A lease counts from when the answer came. */
  LEASE_COUNTED_FROM_THE_ANSWER(
      new Judgement() {
        @Override
        Deadlines deadlines(Lease lease, Moment askedAt, Moment answeredAt, Timings timings) {
          return Deadlines.of(lease, answeredAt, timings);
        }
      }),

  /** Leadership is given back as soon as the work was asked to end. */
  GIVEN_BACK_BEFORE_THE_WORK_IS_GONE(
      new Judgement() {
        @Override
        boolean mayGiveBack(boolean workIsGone) {
          return true;
        }
      }),

  /** Work is stopped, and killed, when the lease is over and not before. */
  NO_TIME_KEPT_FOR_STOPPING(
      new Judgement() {
        @Override
        Deadlines deadlines(Lease lease, Moment askedAt, Moment answeredAt, Timings timings) {
          Deadlines right = Deadlines.of(lease, askedAt, timings);
          Moment end = right.quietBy();
          return new Deadlines(right.renewAt(), end, end, end);
        }

        @Override
        boolean leavesTime(Deadlines deadlines, Moment now) {
          return true;
        }
      }),

  /** A term that was given back is led again when the store still has it. */
  THE_SAME_TERM_LED_TWICE(
      new Judgement() {
        @Override
        boolean mayLead(Term term, long highestEnded) {
          return true;
        }
      });

  private final Judgement judgement;

  Mutant(Judgement judgement) {
    this.judgement = judgement;
  }

  /** A machine of this kind. */
  public ElectionMachine machine(Rules rules, long jitterSeed) {
    return new ElectionMachine(rules, jitterSeed, judgement);
  }
}

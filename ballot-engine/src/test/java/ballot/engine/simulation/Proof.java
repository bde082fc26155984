package ballot.engine.simulation;

import ballot.api.Lease;
import ballot.engine.core.Moment;
import java.time.Duration;

/** What one candidate was told about its leadership, by the referee's own arithmetic. */
final class Proof {

  /** Two clocks differ by less than this part. */
  private static final int DRIFT_PART = 500;

  private long provenTerm;
  private Moment provenUntil = Moment.NEVER;
  private long lostTerm;
  private Moment goneBy = Moment.NEVER;

  /** A lease was granted to a question that was asked at a moment of its own clock. */
  void prolong(Lease lease, Moment askedAt) {
    Duration safe = lease.validFor().minus(lease.validFor().dividedBy(DRIFT_PART));
    Moment until = lease.isBounded() ? new Moment(askedAt.nanos() + safe.toNanos()) : Moment.NEVER;
    boolean same = provenTerm == lease.term().number();
    provenUntil = same ? Moment.later(provenUntil, until) : until;
    provenTerm = lease.term().number();
  }

  /** It learned that a term is over. */
  void lose(long term, Moment gone) {
    lostTerm = term;
    goneBy = gone;
  }

  /** It froze: what it has just been told it cannot act upon, only its guard on what that knew. */
  void excuseLoss() {
    goneBy = Moment.NEVER;
  }

  /** By when, on its own clock, nothing may run under a term. */
  Moment quietBy(long term) {
    Moment byLease = term == provenTerm ? provenUntil : new Moment(Long.MIN_VALUE);
    return term == lostTerm ? Moment.earlier(byLease, goneBy) : byLease;
  }

  boolean hasEverBeen() {
    return provenTerm > 0;
  }
}

package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Term;
import java.time.Duration;

/**
 * A leadership of a candidate of this process.
 *
 * @param term the index at which the key was taken
 * @param life the session that holds it
 * @param entry the key as it was last seen held
 * @param workMayStartAt when the hold-off is over
 * @param leaseUntil until when the last answer said that it lasts
 * @param forfeited whether it is over for want of questions, and only its key has still to be freed
 */
record Tenure(
    Term term, Life life, KvEntry entry, long workMayStartAt, long leaseUntil, boolean forfeited) {

  /** A leadership that was just won. */
  Tenure(Life life, KvEntry entry, long workMayStartAt) {
    this(new Term(entry.modifyIndex()), life, entry, workMayStartAt, life.provenUntil(), false);
  }

  /** The same after the key's value was overwritten by somebody, which takes nothing away. */
  Tenure seenAs(KvEntry other) {
    return new Tenure(term, life, other, workMayStartAt, leaseUntil, forfeited);
  }

  Tenure leasedUntil(long until) {
    return new Tenure(term, life, entry, workMayStartAt, until, forfeited);
  }

  Tenure forfeit() {
    return new Tenure(term, life, entry, workMayStartAt, leaseUntil, true);
  }

  /** What is left of the hold-off, for one who has to be told again that it was elected. */
  Duration holdOffLeft() {
    return Duration.ofNanos(Math.max(0, workMayStartAt - BootClock.nanos()));
  }

  /**
   * Whether the key, as it is now, shows that this leadership never stopped. Every attempt of ours
   * to take a key is bound to the state that it was in before; so one that the same session holds,
   * and that was neither made nor taken anew, was never let go.
   */
  boolean lastsIn(KvEntry now) {
    boolean wasTakenAnew = now.lockIndex() != 0 && now.lockIndex() != entry.lockIndex();
    return now.isHeldBy(life.session())
        && now.createIndex() == entry.createIndex()
        && !wasTakenAnew;
  }

  /**
   * Whether what was seen speaks against this leadership; to be asked about, not to be believed.
   */
  boolean isContradictedBy(Sight sight) {
    KvEntry key = sight.key();
    return key == null || !lastsIn(key) || key.modifyIndex() != entry.modifyIndex();
  }

  /** The steps that free the key, if it is still as it was; saying whether that is in order. */
  Txn release(KvEntry now, String inscription) {
    return new Txn()
        .unchangedSince(now.key(), now.modifyIndex())
        .unlock(now.key(), inscription, now.flags(), life.session());
  }
}

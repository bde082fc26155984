package ballot.consul;

import ballot.api.Term;

/**
 * A leadership of a candidate of this process.
 *
 * @param term the index at which the key was taken
 * @param life the session that holds it
 * @param entry the key as it was last seen held
 * @param workMayStartAt when the hold-off is over
 */
record Tenure(Term term, Life life, KvEntry entry, long workMayStartAt) {

  /** The same after the key's value was overwritten by somebody, which takes nothing away. */
  Tenure seenAs(KvEntry other) {
    return new Tenure(term, life, other, workMayStartAt);
  }

  /** Whether the key, as it is now, shows that this leadership never stopped. */
  boolean lastsIn(KvEntry now) {
    return now.isHeldBy(life.session()) && now.createIndex() == entry.createIndex();
  }

  /**
   * Whether what was seen speaks against this leadership; to be asked about, not to be believed.
   */
  boolean isContradictedBy(Sight sight) {
    KvEntry key = sight.key();
    return sight.index() >= entry.modifyIndex()
        && (key == null || !lastsIn(key) || key.modifyIndex() != entry.modifyIndex());
  }
}

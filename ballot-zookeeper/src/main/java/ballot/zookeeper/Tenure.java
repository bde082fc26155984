package ballot.zookeeper;

import ballot.api.Term;

/**
 * A leadership of a candidate of this process.
 *
 * @param term the transaction that won it
 * @param place the candidate's place in line
 * @param version of the base znode, as this leader wrote it last
 * @param created the life of the base znode
 * @param data what this leader wrote last
 * @param workMayStartAt when the hold-off is over
 * @param leaseUntil until when the last answer said that it lasts
 */
record Tenure(
    Term term,
    Place place,
    int version,
    long created,
    byte[] data,
    long workMayStartAt,
    long leaseUntil) {

  /** The same after another writing of the lease. */
  Tenure rewritten(int newVersion, byte[] newData) {
    return new Tenure(term, place, newVersion, created, newData, workMayStartAt, leaseUntil);
  }

  Tenure leasedUntil(long until) {
    return new Tenure(term, place, version, created, data, workMayStartAt, until);
  }

  Tenure at(Place other) {
    return new Tenure(term, other, version, created, data, workMayStartAt, leaseUntil);
  }

  /** Whether the base znode holds the lease of this leadership, of whichever heartbeat. */
  boolean goesOnIn(Sight now) {
    if (now.created() != created) {
      return false;
    }
    long written = now.inscription().term().orElse(-1L);
    return (written == 0 ? now.written() : written) == term.number();
  }

  /** Whether the base znode is as this leader wrote it last. */
  boolean lastsIn(Sight now) {
    return now.created() == created
        && now.version() == version
        && java.util.Arrays.equals(now.data(), data);
  }
}

package ballot.zookeeper;

import org.apache.zookeeper.data.Stat;

/**
 * The base znode as it was seen: the lease, if it holds one.
 *
 * @param created tells one life of the znode from the next
 * @param version counts what was written into it in this life
 * @param written the transaction that wrote it last
 */
record Sight(long created, int version, long written, byte[] data) {

  static Sight of(Znode base) {
    return of(base.stat(), base.data());
  }

  static Sight of(Stat stat, byte[] data) {
    return new Sight(stat.getCzxid(), stat.getVersion(), stat.getMzxid(), data);
  }

  /** Whether there is a lease; a znode without data is free. */
  boolean isHeld() {
    return data.length > 0;
  }

  boolean isSameAs(Sight other) {
    return created == other.created && version == other.version;
  }

  Inscription inscription() {
    return Inscription.read(data);
  }
}

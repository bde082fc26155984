package ballot.zookeeper;

import ballot.api.Ledger.Page;
import org.apache.zookeeper.data.Stat;

/**
 * The znode of a ledger as it was when a page was read or written: what the writing of the next
 * page is bound to.
 *
 * @param transaction the one that wrote the page
 * @param version counts what was written into the znode in this life
 * @param created tells one life of the znode from the next
 */
record Edition(long transaction, int version, long created) {

  static Edition of(Stat stat) {
    return new Edition(stat.getMzxid(), stat.getVersion(), stat.getCzxid());
  }

  boolean isOf(Page page) {
    return transaction == page.version();
  }
}

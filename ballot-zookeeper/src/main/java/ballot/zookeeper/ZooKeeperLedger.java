package ballot.zookeeper;

import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the leader of an election keeps beside it, for one candidate. */
final class ZooKeeperLedger implements Ledger {

  private static final Logger LOG = System.getLogger(ZooKeeperLedger.class.getName());

  private final ZooKeeperCandidacy candidacy;
  private final ZooKeeperStore store;
  private final String name;
  private final Foothold foothold = new Foothold();

  /** What was read or written last. */
  private volatile @Nullable Edition last;

  ZooKeeperLedger(ZooKeeperCandidacy candidacy, ZooKeeperStore store, String name) {
    this.candidacy = candidacy;
    this.store = store;
    this.name = name;
  }

  private Book book() throws StoreException {
    return Book.of(candidacy.standing().election(), name);
  }

  @Override
  public Page read(Duration budget) throws StoreException {
    Book book = book();
    return candidacy.askBeside(
        budget,
        patience -> {
          Session session = store.ensemble().session(patience, "read " + book.title());
          Reply<Znode> there = book.readInTime(session, patience);
          Page page = book.page(there);
          if (there.isOk()) {
            last = Edition.of(there.get().stat());
          }
          return page;
        });
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    byte[] bytes = Ledger.bytes(text);
    Book book = book();
    return candidacy.askBeside(
        budget,
        patience -> {
          Posting posting =
              new Posting(
                  candidacy.standing(),
                  store.ensemble(),
                  store.access().acl(),
                  book,
                  foothold,
                  term,
                  patience);
          Receipt receipt = posting.write(before, text, bytes, last);
          if (posting.written() instanceof Edition written) {
            last = written;
          }
          LOG.log(
              Level.DEBUG,
              "{0} under term {1}: {2}",
              book.title(),
              term,
              receipt instanceof Receipt.NotLeading over
                  ? over.because()
                  : receipt.getClass().getSimpleName());
          return receipt;
        });
  }
}

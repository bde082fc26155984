package ballot.zookeeper;

import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What the leader of an election keeps beside it, for one candidate. */
final class ZooKeeperLedger implements Ledger {

  private static final Logger LOG = System.getLogger(ZooKeeperLedger.class.getName());

  private final ZooKeeperCandidacy candidacy;
  private final ZooKeeperStore store;
  private final String name;

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
        patience ->
            book.readInTime(store.ensemble().session(patience, "read " + book.title()), patience));
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    byte[] bytes = Ledger.bytes(text);
    Book book = book();
    return candidacy.askBeside(
        budget,
        patience -> {
          Receipt receipt =
              new Posting(
                      candidacy.standing(),
                      store.ensemble(),
                      store.access().acl(),
                      book,
                      term,
                      patience)
                  .write(before, text, bytes);
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

package ballot.zookeeper;

import ballot.api.Candidacy;
import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One candidate's part in one election. */
final class ZooKeeperCandidacy implements Candidacy {

  private static final Logger LOG = System.getLogger(ZooKeeperCandidacy.class.getName());

  private final ZooKeeperStore store;
  private final Standing standing;

  /** Guarded by this. */
  private boolean closed;

  /** The questions under way; guarded by this. */
  private final Set<Patience> asking = new HashSet<>();

  ZooKeeperCandidacy(ZooKeeperStore store, Standing standing) {
    this.store = store;
    this.standing = standing;
  }

  /** What is asked within some patience. */
  interface Question<T> {
    T put(Patience patience) throws StoreException;
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    return ask(
        budget,
        patience -> {
          Verdict verdict =
              new Campaign(standing, store.ensemble(), store.access(), patience).run();
          LOG.log(Level.DEBUG, "campaign of {0}: {1}", standing, verdict);
          return verdict;
        });
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return ask(budget, patience -> office(patience).renew(term));
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    var unused =
        ask(
            budget,
            patience -> {
              office(patience).resign(term);
              return term;
            });
  }

  private Office office(Patience patience) {
    return new Office(standing, store.ensemble(), store.access(), patience);
  }

  @Override
  public Optional<Ledger> ledger(String name) {
    return Optional.of(new ZooKeeperLedger(this, store, Ledger.name(name)));
  }

  private <T> T ask(Duration budget, Question<T> question) throws StoreException {
    Patience patience = begin(budget);
    try {
      checkInterrupt();
      var unused = Paths.base(standing.election());
      standing.asks();
      return question.put(patience);
    } finally {
      standing.asked();
      if (end(patience)) {
        store.closed(this); // it may have stood in line after it was closed
      }
    }
  }

  /** Asks what is no question of leadership: at any moment, from any thread. */
  <T> T askBeside(Duration budget, Question<T> question) throws StoreException {
    Patience patience = begin(budget);
    try {
      checkInterrupt();
      return question.put(patience);
    } finally {
      var unused = end(patience);
    }
  }

  private synchronized Patience begin(Duration budget) throws UnavailableException {
    if (closed) {
      throw new UnavailableException("the candidacy in " + standing.election() + " is closed");
    }
    Patience patience = Patience.of(budget);
    asking.add(patience);
    return patience;
  }

  /** Whether the candidacy was closed meanwhile. */
  private synchronized boolean end(Patience patience) {
    asking.remove(patience);
    return closed;
  }

  private void checkInterrupt() throws UnavailableException {
    if (Thread.currentThread().isInterrupted()) {
      throw new UnavailableException(
          "could not ask about " + standing.election() + ": interrupted");
    }
  }

  Standing standing() {
    return standing;
  }

  /** Ends the questions under way, and every later one. False when that was done before. */
  boolean silence() {
    List<Patience> left;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      left = List.copyOf(asking);
    }
    left.forEach(Patience::end);
    return true;
  }

  @Override
  public void close() {
    if (silence()) {
      store.closed(this);
    }
  }
}

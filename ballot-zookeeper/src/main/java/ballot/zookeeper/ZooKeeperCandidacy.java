package ballot.zookeeper;

import ballot.api.Candidacy;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One candidate's part in one election. */
final class ZooKeeperCandidacy implements Candidacy {

  private static final Logger LOG = System.getLogger(ZooKeeperCandidacy.class.getName());

  private final ZooKeeperStore store;
  private final Standing standing;

  /** Guarded by this. */
  private boolean closed;

  /** The question under way; guarded by this. */
  private @Nullable Patience asking;

  ZooKeeperCandidacy(ZooKeeperStore store, Standing standing) {
    this.store = store;
    this.standing = standing;
  }

  /** What is asked within some patience. */
  private interface Question<T> {
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

  private <T> T ask(Duration budget, Question<T> question) throws StoreException {
    Patience patience = Patience.of(budget);
    synchronized (this) {
      if (closed) {
        throw new UnavailableException("the candidacy in " + standing.election() + " is closed");
      }
      asking = patience;
    }
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new UnavailableException(
            "could not ask about " + standing.election() + ": interrupted");
      }
      var unused = Paths.base(standing.election());
      standing.asks();
      return question.put(patience);
    } finally {
      standing.asked();
      boolean left;
      synchronized (this) {
        asking = null;
        left = closed;
      }
      if (left) {
        store.closed(this); // it may have stood in line after it was closed
      }
    }
  }

  Standing standing() {
    return standing;
  }

  /** Ends the question under way, and every later one. False when that was done before. */
  boolean silence() {
    Patience patience;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      patience = asking;
    }
    if (patience != null) {
      patience.end();
    }
    return true;
  }

  @Override
  public void close() {
    if (silence()) {
      store.closed(this);
    }
  }
}

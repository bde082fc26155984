package ballot.consul;

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
final class ConsulCandidacy implements Candidacy {

  private static final Logger LOG = System.getLogger(ConsulCandidacy.class.getName());
  private static final Duration LEAVING = Duration.ofMillis(400);

  private final ConsulStore store;
  private final Standing standing;

  /** Guarded by this. */
  private boolean closed;

  /** The question under way; guarded by this. */
  private @Nullable Patience asking;

  ConsulCandidacy(ConsulStore store, Standing standing) {
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
          standing.campaigns();
          Verdict verdict = new Campaign(standing, store.lifeline(), store.kv(), patience).run();
          store.watches().join(standing.outlook());
          LOG.log(Level.DEBUG, "campaign of {0}: {1}", standing, verdict);
          return verdict;
        });
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return ask(
        budget,
        patience -> new Office(standing, store.lifeline(), store.kv(), patience).renew(term));
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    var unused =
        ask(
            budget,
            patience -> {
              new Office(standing, store.lifeline(), store.kv(), patience).resign(term);
              return term;
            });
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
      return question.put(patience);
    } finally {
      synchronized (this) {
        asking = null;
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
    standing.leaves();
    store.watches().leave(standing.outlook());
    return true;
  }

  @Override
  public void close() {
    if (!silence()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      new Line(standing, store.kv()).leave(Patience.of(LEAVING));
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "{0} left without a word: {1}", standing, unreachable.getMessage());
    } finally {
      store.closed(this);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package ballot.consul;

import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets questions through one at a time until it is closed, which ends the one under way. */
final class Turnstile {

  private final String about;

  /** Guarded by this. */
  private boolean closed;

  /** The question under way; guarded by this. */
  private @Nullable Patience asking;

  /**
   * Open.
   *
   * @param about what is asked about, for messages
   */
  Turnstile(String about) {
    this.about = about;
  }

  /** What is asked within some patience. */
  interface Question<T> {
    T put(Patience patience) throws StoreException;
  }

  <T> T ask(Duration budget, Question<T> question) throws StoreException {
    Patience patience = Patience.of(budget);
    synchronized (this) {
      if (closed) {
        throw new UnavailableException(about + " is closed");
      }
      asking = patience;
    }
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new UnavailableException("could not ask about " + about + ": interrupted");
      }
      return question.put(patience);
    } finally {
      synchronized (this) {
        asking = null;
      }
    }
  }

  /** Ends the question under way, and every later one. False when that was done before. */
  boolean close() {
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
}

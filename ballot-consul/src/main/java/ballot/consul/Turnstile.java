package ballot.consul;

import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lets questions through until it is closed, which ends those under way. */
final class Turnstile {

  private final String about;

  /** Guarded by this. */
  private boolean closed;

  /** Of the questions under way; guarded by this. */
  private final Set<Patience> asking = new HashSet<>();

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
      asking.add(patience);
    }
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new UnavailableException("could not ask about " + about + ": interrupted");
      }
      return question.put(patience);
    } finally {
      synchronized (this) {
        asking.remove(patience);
      }
    }
  }

  /** Ends the questions under way, and every later one. False when that was done before. */
  boolean close() {
    List<Patience> underWay;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      underWay = List.copyOf(asking);
    }
    underWay.forEach(Patience::end);
    return true;
  }
}

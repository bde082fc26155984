package ballot.zookeeper;

import ballot.api.ChangeSignal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate knows of its line, and what it watches: those right before it, and the lease
 * when it may be next. A watch fires once; until then what was read is still true, as far as this
 * server knows. Safe for use by many threads.
 */
final class Lookout {

  private final String base;
  private final ChangeSignal signal;

  /** All guarded by this. */
  private final Map<String, Watcher> neighbours = new HashMap<>();

  private @Nullable Line line;
  private @Nullable Watcher lease;

  /** What the base znode became, asked for at once; the hand-over waits for nothing else. */
  private @Nullable CompletableFuture<Reply<Znode>> news;

  Lookout(String base, ChangeSignal signal) {
    this.base = base;
    this.signal = signal;
  }

  /** Nothing that was known holds any more: another session, or another place in line. */
  synchronized void forget() {
    neighbours.clear();
    line = null;
    distrustLease();
  }

  synchronized Optional<Line> line() {
    return Optional.ofNullable(line);
  }

  synchronized void read(Line listed) {
    line = listed;
    neighbours.keySet().removeIf(name -> !listed.has(name));
  }

  /** That candidate is not in line any more. */
  synchronized void gone(String name) {
    neighbours.remove(name);
    if (line != null) {
      line = line.without(name);
    }
  }

  synchronized boolean watches(String name) {
    return neighbours.containsKey(name);
  }

  /** A watcher that is to be set on a candidate right now. */
  synchronized Watcher on(String name) {
    Watcher watcher = new Neighbour(name);
    neighbours.put(name, watcher);
    return watcher;
  }

  /** It could not be set. */
  synchronized void failedOn(String name) {
    neighbours.remove(name);
  }

  /** Whether what was seen of the lease last is still so. */
  synchronized boolean watchesLease() {
    return lease != null && news == null;
  }

  /** The base znode, watched from the moment in which it is read. */
  synchronized CompletableFuture<Reply<Znode>> readLease(Session session) {
    CompletableFuture<Reply<Znode>> known = news;
    if (lease != null && known != null && !known.isCompletedExceptionally()) {
      news = null;
      return known;
    }
    Lease watcher = new Lease(session);
    lease = watcher;
    return Wire.read(session.handle(), base, watcher);
  }

  /** It could not be set, or what it watches is not what was read. */
  synchronized void distrustLease() {
    lease = null;
    news = null;
  }

  private synchronized boolean fired(Neighbour watcher, EventType type) {
    if (neighbours.get(watcher.name) != watcher) {
      return false;
    }
    neighbours.remove(watcher.name);
    if (type == EventType.NodeDeleted) {
      gone(watcher.name);
    }
    return true;
  }

  private synchronized boolean fired(Lease watcher, EventType type) {
    if (lease != watcher) {
      return false;
    }
    if (type == EventType.NodeDeleted) {
      distrustLease();
    } else {
      Lease next = new Lease(watcher.session);
      lease = next;
      news = Wire.read(watcher.session.handle(), base, next);
    }
    return true;
  }

  private final class Neighbour implements Watcher {

    private final String name;

    Neighbour(String name) {
      this.name = name;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() != EventType.None && fired(this, event.getType())) {
        signal.lookAgain();
      }
    }
  }

  private final class Lease implements Watcher {

    private final Session session;

    Lease(Session session) {
      this.session = session;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() != EventType.None && fired(this, event.getType())) {
        signal.lookAgain();
      }
    }
  }
}

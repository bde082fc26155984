package ballot.zookeeper;

import ballot.api.ChangeSignal;
import ballot.api.Durations;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * What a leader has to know of whoever comes after it.
 *
 * <p>The Go tool waits for its own session timeout before it takes a lease over. Where the next one
 * in line has a shorter one than this leader, the leader proves itself at that pace, and relies on
 * no more. Everything here happens on the client's own thread and never keeps a leader waiting.
 */
final class Succession {

  private static final Logger LOG = System.getLogger(Succession.class.getName());

  /** No server grants less, whatever a znode says. */
  private static final Duration LEAST = Duration.ofMillis(500);

  private final String base;
  private final ChangeSignal signal;

  /** All guarded by this. */
  private @Nullable Place watchedFrom;

  private @Nullable Duration shortest;
  private @Nullable String next;
  private boolean doubted;
  private boolean warned;

  Succession(String base, ChangeSignal signal) {
    this.base = base;
    this.signal = signal;
  }

  /** For how long a lease of this session can be relied on. */
  synchronized Duration validity(Duration timeout) {
    Duration theirs = shortest;
    return theirs != null && theirs.compareTo(timeout) < 0
        ? theirs.compareTo(LEAST) < 0 ? LEAST : theirs
        : timeout;
  }

  /** Whether the leader's own place may be gone, or not be its own any more. */
  synchronized boolean isDoubted() {
    return doubted;
  }

  /** Looks at who stands behind a leader, now and at every change, for as long as it stands. */
  void watch(Session session, Tenure tenure) {
    synchronized (this) {
      if (tenure.place().equals(watchedFrom)) {
        return;
      }
      watchedFrom = tenure.place();
      shortest = null;
      next = null;
      doubted = false;
    }
    look(session, tenure.place());
  }

  /** Nobody leads any more. */
  synchronized void end() {
    watchedFrom = null;
    shortest = null;
    next = null;
    doubted = false;
  }

  private synchronized boolean isOf(Place place) {
    return place.equals(watchedFrom);
  }

  private void look(Session session, Place place) {
    var unused =
        Wire.children(session.handle(), base, new Change(session, place))
            .thenAccept(
                reply -> {
                  if (!isOf(place)) {
                    return;
                  }
                  if (reply.says(Code.NONODE)
                      || (reply.isOk() && !reply.get().contains(place.name()))) {
                    doubt();
                  } else if (!reply.isOk()) {
                    unwatched(place);
                  } else {
                    follows(session, place, Line.next(reply.get(), place.name()));
                  }
                });
  }

  /** The watch is not set: the next proof sets it. */
  private synchronized void unwatched(Place place) {
    if (place.equals(watchedFrom)) {
      watchedFrom = null;
    }
  }

  private void doubt() {
    synchronized (this) {
      doubted = true;
    }
    signal.lookAgain();
  }

  private void follows(Session session, Place place, Optional<String> name) {
    synchronized (this) {
      String before = next;
      next = name.orElse(null);
      if (name.isEmpty()) {
        shortest = null;
        return;
      }
      if (name.get().equals(before)) {
        return;
      }
    }
    var unused =
        Wire.read(session.handle(), base + "/" + name.get(), null)
            .thenAccept(
                reply -> {
                  if (reply.isOk()) {
                    asksFor(session, place, Inscription.read(reply.get().data()));
                  }
                });
  }

  private void asksFor(Session session, Place place, Inscription follower) {
    Optional<Duration> timeout = follower.timeout();
    synchronized (this) {
      if (!place.equals(watchedFrom)) {
        return;
      }
      shortest = timeout.orElse(null);
      if (timeout.isEmpty() || timeout.get().compareTo(session.timeout()) >= 0) {
        return;
      }
      tell(session, follower, timeout.get());
    }
    signal.lookAgain();
  }

  private synchronized void tell(Session session, Inscription follower, Duration theirs) {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "the next candidate of {0}, {1}, has a session timeout of {2}, shorter than the {3} here:"
              + " the lease is proven at that pace; give all candidates the same"
              + " zookeeper-session-timeout",
          base,
          String.valueOf(follower.id()),
          Durations.format(theirs),
          Durations.format(session.timeout()));
    }
  }

  private final class Change implements Watcher {

    private final Session session;
    private final Place place;

    Change(Session session, Place place) {
      this.session = session;
      this.place = place;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() == EventType.None || !isOf(place)) {
        return;
      }
      if (event.getType() == EventType.NodeDeleted) {
        doubt();
      } else {
        look(session, place);
      }
    }
  }
}

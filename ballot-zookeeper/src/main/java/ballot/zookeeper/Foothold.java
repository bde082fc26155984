package ballot.zookeeper;

import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A leader's own place in line, watched: whether it was seen over the present connection, and no
 * news of it came since. While it stands the election above it lives the same life.
 *
 * <p>News takes its time, so this may be wrong for as long as a message takes. Over another
 * connection it knows nothing, until it looks again. For use by many threads.
 */
final class Foothold {

  /** All guarded by this. */
  private @Nullable News news;

  /** The connection over which it was seen. */
  private int seenOver;

  private boolean seen;

  synchronized boolean isFirm(Session session, Place place) {
    News current = news;
    return current != null
        && current.place.equals(place)
        && seen
        && seenOver == session.connection();
  }

  /** Looks at the place and watches it. */
  CompletableFuture<Reply<Stat>> look(Session session, Place place) {
    News of = newsOf(place);
    return Wire.exists(session.handle(), place.path(), of)
        .thenApply(
            reply -> {
              if (reply.isOk() && reply.get().getCzxid() == place.made()) {
                found(of, session.connection());
              } else {
                lost(of);
              }
              return reply;
            });
  }

  /** One for each place, so that the client keeps it once, however often it looks. */
  private synchronized News newsOf(Place place) {
    News current = news;
    if (current == null || !current.place.equals(place)) {
      current = new News(place);
      news = current;
      seen = false;
    }
    return current;
  }

  private synchronized void found(News of, int connection) {
    if (of == news) {
      seen = true;
      seenOver = connection;
    }
  }

  private synchronized void lost(News of) {
    if (of == news) {
      seen = false;
    }
  }

  private final class News implements Watcher {

    private final Place place;

    News(Place place) {
      this.place = place;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() != EventType.None) {
        lost(this);
      }
    }
  }
}

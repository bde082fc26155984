package ballot.consul;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a process to its agent, few of them.
 *
 * <p>An agent lets one client have 200, and every watch holds one for minutes; so whoever has a
 * question takes turns with the others, and what keeps the session alive has a lane of its own.
 */
final class Connections implements Closeable {

  /** Who uses a connection, and how many may at a time. */
  enum Lane {
    /** Questions of candidates and onlookers. */
    QUESTIONS(6),
    /** What keeps the session and its check alive. */
    LIFE(2),
    /** Watches: as many as {@link WatchPlan} allows. */
    WATCHES(Integer.MAX_VALUE);

    private final int places;

    Lane(int places) {
      this.places = places;
    }
  }

  private final Connector connector;
  private final Turns questions = new Turns(Lane.QUESTIONS.places);
  private final Turns life = new Turns(Lane.LIFE.places);
  private final Turns watches = new Turns(Lane.WATCHES.places);

  /** Guarded by this; the one used last is used next. */
  private final Deque<Connection> idle = new ArrayDeque<>();

  /** Guarded by this. */
  private final Set<Connection> all = new HashSet<>();

  /** Guarded by this. */
  private boolean closed;

  Connections(Connector connector) {
    this.connector = connector;
  }

  /** An open connection; to be given back. */
  Connection take(Lane lane, Patience patience) throws IOException {
    Turns.Turn turn = turns(lane).take(patience);
    boolean taken = false;
    try {
      Connection connection = reuse();
      connection = connection != null ? connection : open(patience);
      connection.usedIn(turn);
      taken = true;
      return connection;
    } finally {
      if (!taken) {
        var unused = turns(lane).end(turn);
      }
    }
  }

  private @Nullable Connection reuse() {
    while (true) {
      Connection connection;
      synchronized (this) {
        connection = idle.pollFirst();
      }
      if (connection == null || connection.isFresh()) {
        return connection;
      }
      drop(connection);
    }
  }

  private Connection open(Patience patience) throws IOException {
    Connection connection = connector.connect(patience);
    synchronized (this) {
      if (!closed) {
        all.add(connection);
        return connection;
      }
    }
    connection.close();
    throw new IOException("closed");
  }

  /** Takes a connection back; one that is in the middle of something, or too many, is closed. */
  void giveBack(Lane lane, Connection connection) {
    boolean wasCounted = turns(lane).end(connection.turn());
    if (wasCounted && connection.isReusable()) {
      synchronized (this) {
        if (!closed) {
          idle.addFirst(connection);
          return;
        }
      }
    }
    drop(connection);
  }

  private void drop(Connection connection) {
    Connector.closeQuietly(connection);
    synchronized (this) {
      all.remove(connection);
    }
  }

  private Turns turns(Lane lane) {
    return switch (lane) {
      case QUESTIONS -> questions;
      case LIFE -> life;
      case WATCHES -> watches;
    };
  }

  synchronized int count() {
    return all.size();
  }

  /** Closes all of them, under the hands of whoever uses one. */
  @Override
  public void close() {
    Set<Connection> open;
    synchronized (this) {
      closed = true;
      open = new HashSet<>(all);
      idle.clear();
      all.clear();
    }
    open.forEach(Connector::closeQuietly);
  }
}

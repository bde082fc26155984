package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.Durations;
import ballot.api.StoreException;
import ballot.api.Threads;
import ballot.api.UnavailableException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a process to the ensemble. Curator keeps a session there, and begins another
 * one when the servers have given it up; this class knows which one is connected now.
 *
 * <p>Requests go over the session's own handle (see {@link Wire}). Curator's own would be repeated,
 * would begin a new session after a long outage, and would wait longer than a question may take.
 */
final class Ensemble implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Ensemble.class.getName());

  /** Curator gives a connection up after this, session and all; ZooKeeper's client never does. */
  private static final int NEVER = Integer.MAX_VALUE;

  private static final int CLOSE_MILLIS = 600;

  /** So many session timeouts without a connection make it worth trying with another handle. */
  private static final int LONG = 2;

  private static final long PROBE_MILLIS = 2000;

  private final Access access;
  private final Runnable onChange;
  private final AtomicReference<@Nullable CuratorFramework> curator = new AtomicReference<>();
  private final Reachable reachable;
  private final Thread opening;

  /** All guarded by this. */
  private CompletableFuture<Session> connected = new CompletableFuture<>();

  private @Nullable ZooKeeper current;
  private int connections;
  private boolean closed;
  private boolean told;
  private long disconnectedAt = BootClock.nanos();
  private boolean probing;

  /** Whether the servers refused who we say we are; a handle that heard that is of no more use. */
  private boolean refused;

  /**
   * Begins to connect.
   *
   * @param onChange called when a connection, or a session, has come or gone; on any thread
   */
  Ensemble(Access access, Runnable onChange) {
    this.access = access;
    this.onChange = onChange;
    this.reachable = new Reachable(access.hosts(), access.isSecure());
    this.opening = Threads.daemon("ballot-zookeeper-opening", this::open);
    opening.start();
  }

  private void open() {
    CuratorFrameworkFactory.Builder builder =
        CuratorFrameworkFactory.builder()
            .connectString(access.hosts().connectString())
            .sessionTimeoutMs(Math.toIntExact(access.sessionTimeout().toMillis()))
            .connectionTimeoutMs(NEVER)
            .retryPolicy(new RetryOneTime(1))
            .ensembleTracker(false)
            .waitForShutdownTimeoutMs(CLOSE_MILLIS)
            .maxCloseWaitMs(CLOSE_MILLIS)
            .zkClientConfig(access.clientConfig())
            .zookeeperFactory(new Handles());
    access.digest().ifPresent(digest -> builder.authorization("digest", digest));
    CuratorFramework made = builder.build();
    curator.set(made);
    synchronized (this) {
      if (closed) {
        return;
      }
    }
    made.start();
  }

  /** Makes the handles that Curator asks for, and listens in. */
  private final class Handles implements ZookeeperFactory {

    @Override
    public ZooKeeper newZooKeeper(
        String servers, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
        throws IOException {
      return newZooKeeper(servers, sessionTimeout, watcher, canBeReadOnly, access.clientConfig());
    }

    @Override
    public ZooKeeper newZooKeeper(
        String servers,
        int sessionTimeout,
        Watcher watcher,
        boolean canBeReadOnly,
        ZKClientConfig config)
        throws IOException {
      synchronized (Ensemble.this) {
        Tap tap = new Tap(watcher);
        ZooKeeper made =
            new ZooKeeper(servers, sessionTimeout, tap, canBeReadOnly, reachable, config);
        tap.handle = made;
        current = made;
        disconnected();
        return made;
      }
    }
  }

  /** Hears what a handle tells Curator. */
  private final class Tap implements Watcher {

    private final Watcher watcher;

    /** Set under the lock under which the handle is made; its first event may come before that. */
    private @Nullable ZooKeeper handle;

    Tap(Watcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() == Event.EventType.None) {
        synchronized (Ensemble.this) {
          if (handle != null && handle == current) {
            heard(event.getState(), handle);
          }
        }
      }
      // Of a session that is out of reach Curator would make an expired one after a while, which
      // only the servers can: as long as they are away themselves it goes on.
      if (event.getState() != KeeperState.Disconnected) {
        watcher.process(event);
      }
      // Who was refused asks again at its own pace: each time is another connection.
      if (event.getType() == Event.EventType.None && event.getState() != KeeperState.AuthFailed) {
        onChange.run();
      }
    }
  }

  private synchronized void heard(KeeperState state, ZooKeeper handle) {
    switch (state) {
      case SyncConnected -> {
        disconnected();
        connections++;
        Duration granted = Duration.ofMillis(handle.getSessionTimeout());
        tellWhatIsGranted(granted);
        connected.complete(new Session(handle, handle.getSessionId(), granted, connections));
      }
      case AuthFailed -> {
        disconnected(); // the handle was connected for a moment, and is of no use any more
        refused = true;
        connected.completeExceptionally(new IllegalStateException("authentication failed"));
      }
      case Disconnected, Expired, Closed -> disconnected();
      default -> {}
    }
    LOG.log(Level.DEBUG, "session {0}: {1}", Long.toHexString(handle.getSessionId()), state);
  }

  private synchronized void disconnected() {
    if (connected.isDone()) {
      connected = new CompletableFuture<>();
      disconnectedAt = BootClock.nanos();
    }
  }

  /**
   * Servers that have lost what they knew, by a restored backup for instance, refuse for ever a
   * handle that has seen more, and never tell it that its session is over. If another handle is
   * served, ours is given up. That is always safe: exclusion does not rest on the session.
   */
  private void tryAnotherHandle() {
    CuratorFramework made = curator.get();
    synchronized (this) {
      long away = BootClock.nanos() - disconnectedAt;
      boolean isLong = away > access.sessionTimeout().multipliedBy(LONG).toNanos();
      if (closed || probing || made == null || connected.isDone() || !isLong) {
        return;
      }
      probing = true;
    }
    Threads.daemon("ballot-zookeeper-probe", () -> probe(made)).start();
  }

  private void probe(CuratorFramework made) {
    CompletableFuture<Boolean> served = new CompletableFuture<>();
    Watcher watcher =
        event -> {
          if (event.getState() == KeeperState.SyncConnected) {
            served.complete(true);
          }
        };
    try (ZooKeeper other =
        new ZooKeeper(
            access.hosts().connectString(),
            Math.toIntExact(access.sessionTimeout().toMillis()),
            watcher,
            false,
            new Reachable(access.hosts(), access.isSecure()),
            access.clientConfig())) {
      var unused = served.get(PROBE_MILLIS, TimeUnit.MILLISECONDS);
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS); // ours may be only a moment later
      if (peek() == null) {
        LOG.log(Level.WARNING, "the servers do not know this session any more; beginning another");
        reset(made);
      }
    } catch (IOException | ExecutionException | TimeoutException nobodyThere) {
      LOG.log(Level.DEBUG, "another handle is not served either");
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        probing = false;
      }
    }
  }

  private void tellWhatIsGranted(Duration granted) {
    if (!told && !granted.equals(access.sessionTimeout())) {
      told = true;
      LOG.log(
          Level.WARNING,
          "the servers grant a session timeout of {0}, not the {1} of {2} ({3}); {0} it is",
          Durations.format(granted),
          Durations.format(access.sessionTimeout()),
          ZooKeeperSettings.SESSION_TIMEOUT.name(),
          access.timeoutOrigin());
    }
  }

  /** The session, as soon as there is one that is connected. */
  Session session(Patience patience, String attempt) throws StoreException {
    CompletableFuture<Session> ready;
    synchronized (this) {
      ready = connected;
    }
    String servers = "ZooKeeper at " + access.hosts().connectString();
    try {
      return patience.await(ready, attempt);
    } catch (UnavailableException none) {
      if (beginAnewIfRefused()) {
        throw Failures.refused(attempt);
      }
      tryAnotherHandle();
      if (ready.isDone() || Thread.currentThread().isInterrupted()) {
        throw none;
      }
      throw new UnavailableException(
          none.getMessage() + " from " + servers + " (" + reachable.whyNot() + ")", none);
    }
  }

  /** A handle that was refused is given up; the next question finds another one. */
  private boolean beginAnewIfRefused() {
    CuratorFramework made = curator.get();
    synchronized (this) {
      if (!refused) {
        return false;
      }
      refused = false;
      connected = new CompletableFuture<>();
    }
    if (made != null) {
      Threads.daemon("ballot-zookeeper-reset", () -> reset(made)).start();
    }
    return true;
  }

  private static void reset(CuratorFramework framework) {
    try {
      framework.getZookeeperClient().reset();
    } catch (Exception closing) {
      LOG.log(Level.DEBUG, "no other session was begun: {0}", closing.getMessage());
    }
  }

  /** The session, if it is connected at this moment. */
  synchronized @Nullable Session peek() {
    return connected.isDone() && !connected.isCompletedExceptionally() ? connected.join() : null;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      disconnected();
    }
    Thread closing = Threads.daemon("ballot-zookeeper-closing", this::closeCurator);
    closing.start();
    Threads.join(closing, CLOSE_MILLIS);
  }

  private void closeCurator() {
    Threads.join(opening, CLOSE_MILLIS);
    CuratorFramework made = curator.get();
    if (made != null) {
      made.close();
    }
  }
}

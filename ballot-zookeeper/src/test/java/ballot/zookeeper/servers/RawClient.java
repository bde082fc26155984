package ballot.zookeeper.servers;

import ballot.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/** Looks at and touches what servers hold, with ZooKeeper's own client and nothing of ours. */
public final class RawClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What servers derive the password of a session from, beside its id. */
  private static final long PASSWORD_BASE = 0xB3415C00L;

  private final ZooKeeper client;

  /** Connected to one of these servers. */
  public RawClient(String servers) {
    this(open(servers));
  }

  private RawClient(ZooKeeper client) {
    this.client = client;
    Await.until("a raw client is connected", PATIENCE, () -> client.getState().isConnected());
  }

  private static ZooKeeper open(String servers) {
    try {
      return new ZooKeeper(servers, 10_000, RawClient::ignore);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** From now on this client is also {@code user:password} of the scheme digest. */
  public RawClient is(String userAndPassword) {
    client.addAuthInfo("digest", userAndPassword.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static void ignore(WatchedEvent event) {
    // whoever wants to know looks
  }

  /** What is asked of a server. */
  private interface Question<T> {
    T put() throws KeeperException, InterruptedException;
  }

  /** Asks again while the connection is bad, as the ensemble may be in trouble on purpose. */
  private static <T> T ask(Question<T> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.put();
      } catch (KeeperException.ConnectionLossException lost) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new AssertionError("the servers do not answer", lost);
        }
      } catch (KeeperException failure) {
        throw new IllegalStateException(failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  /** The names of the children, in their order; none when the znode is missing. */
  public List<String> children(String path) {
    return ask(
        () -> {
          try {
            return client.getChildren(path, false).stream().sorted().toList();
          } catch (KeeperException.NoNodeException missing) {
            return List.of();
          }
        });
  }

  /** The data of a znode as text; empty when there is none. */
  public String text(String path) {
    return ask(
        () -> {
          try {
            byte[] data = client.getData(path, false, null);
            return data == null ? "" : new String(data, StandardCharsets.UTF_8);
          } catch (KeeperException.NoNodeException missing) {
            return "";
          }
        });
  }

  /** What the server knows of a znode that is there. */
  public Stat stat(String path) {
    Stat stat = ask(() -> client.exists(path, false));
    if (stat == null) {
      throw new IllegalStateException("no such znode: " + path);
    }
    return stat;
  }

  /** Whether the znode is there. */
  public boolean exists(String path) {
    return ask(() -> client.exists(path, false)) != null;
  }

  /** Who may do what. */
  public List<ACL> acl(String path) {
    return ask(() -> client.getACL(path, new Stat()));
  }

  /** Overwrites, whatever the version. */
  public void write(String path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with what may be no text. */
  public void write(String path, byte[] data) {
    ask(() -> client.setData(path, data, -1));
  }

  /** From now on everybody has these rights only. */
  public void restrict(String path, List<ACL> rights) {
    ask(() -> client.setACL(path, rights, -1));
  }

  /** A persistent znode that anybody may use, parents as well. */
  public void create(String path, String text) {
    create(path, text, ZooDefs.Ids.OPEN_ACL_UNSAFE);
  }

  /** A persistent znode with rights; its parents are for everybody. */
  public void create(String path, String text, List<ACL> rights) {
    int slash = path.lastIndexOf('/');
    if (slash > 0 && !exists(path.substring(0, slash))) {
      create(path.substring(0, slash), "");
    }
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    ask(() -> client.create(path, data, rights, CreateMode.PERSISTENT));
  }

  /** A persistent or ephemeral child with a number after its name; the path it got. */
  public String createSequential(String prefix, String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    List<ACL> rights = ZooDefs.Ids.OPEN_ACL_UNSAFE;
    return ask(() -> client.create(prefix, data, rights, CreateMode.EPHEMERAL_SEQUENTIAL));
  }

  /** Removes a znode, whatever its version. */
  public void delete(String path) {
    ask(
        () -> {
          client.delete(path, -1);
          return path;
        });
  }

  /**
   * Ends the session of somebody else at once, as the servers do when it is over: takes it up on a
   * second connection, and closes it there.
   */
  public static void endSession(String servers, long session) throws InterruptedException {
    byte[] password = new byte[16];
    new Random(session ^ PASSWORD_BASE).nextBytes(password);
    try {
      ZooKeeper second = new ZooKeeper(servers, 10_000, RawClient::ignore, session, password);
      Await.until("the session is taken up", PATIENCE, () -> second.getState().isConnected());
      second.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package ballot.zookeeper.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands between a client and a server, and can make their connections bad. */
public final class Proxy implements AutoCloseable {

  /** A way that bytes go. */
  public enum Way {
    TO_SERVER,
    TO_CLIENT
  }

  private final int server;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private Set<Way> hanging = Set.of(); // guarded by lock
  private Set<Way> dropping = Set.of(); // guarded by lock
  private boolean closed; // guarded by lock
  private volatile Duration delay = Duration.ZERO;
  private volatile boolean refusing;

  /** To the server at that port. */
  public Proxy(int server) {
    this.server = server;
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /** Where clients connect to. */
  public String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** Bytes go neither way and nothing is closed; new connections are taken and hang as well. */
  public void hang() {
    set(Set.of(Way.values()), Set.of());
  }

  /** Bytes of one way wait, for what happens next; the other way works. */
  public void hang(Way way) {
    set(Set.of(way), Set.of());
  }

  /** Bytes of one way are lost for good; the other way works. */
  public void drop(Way way) {
    set(Set.of(), Set.of(way));
  }

  /** Every piece that goes either way takes so long. */
  public void delay(Duration duration) {
    delay = duration;
  }

  /** Closes every connection; new ones work. */
  public void cut() {
    sockets.forEach(Proxy::closed);
  }

  /** Closes every connection, and every new one at once. */
  public void refuse() {
    refusing = true;
    cut();
  }

  /** Everything works again, what waited goes on. */
  public void behave() {
    refusing = false;
    delay = Duration.ZERO;
    set(Set.of(), Set.of());
  }

  private void set(Set<Way> hangs, Set<Way> drops) {
    lock.lock();
    try {
      hanging = hangs;
      dropping = drops;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        if (refusing) {
          closed(client);
        } else {
          Thread.ofVirtual().name("proxy").start(() -> connect(client));
        }
      }
    } catch (IOException over) {
      // closed
    }
  }

  private void connect(Socket client) {
    try {
      Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
      sockets.add(upstream);
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> relay(client, upstream, Way.TO_SERVER));
      relay(upstream, client, Way.TO_CLIENT);
    } catch (IOException unreachable) {
      closed(client);
    }
  }

  private void relay(Socket from, Socket to, Way way) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[64 * 1024];
      for (int length = in.read(piece); length > 0; length = in.read(piece)) {
        if (passes(way)) {
          out.write(piece, 0, length);
          out.flush();
        }
      }
    } catch (IOException gone) {
      // both ends are closed below
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      closed(from);
      closed(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** Waits as long as bytes of that way have to; whether they arrive then. */
  private boolean passes(Way way) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    lock.lockInterruptibly();
    try {
      while (hanging.contains(way) && !closed) {
        changed.await();
      }
      return !dropping.contains(way);
    } finally {
      lock.unlock();
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException ignored) {
      // it is gone either way
    }
  }

  @Override
  public void close() {
    refusing = true;
    try {
      listener.close();
    } catch (IOException ignored) {
      // nobody comes any more
    }
    cut();
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

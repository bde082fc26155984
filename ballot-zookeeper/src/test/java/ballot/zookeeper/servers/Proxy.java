package ballot.zookeeper.servers;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and a server, and can make their connections bad: from one packet of
 * ZooKeeper's protocol to the next, never within one.
 */
public final class Proxy implements AutoCloseable {

  /** A way that bytes go. */
  public enum Way {
    TO_SERVER,
    TO_CLIENT
  }

  /** Requests that change something: create, delete, setData, multi, create2. */
  private static final Set<Integer> CHANGES = Set.of(1, 2, 5, 14, 15);

  /** A packet is the length of what follows, and that. */
  private static final int LONGEST_PACKET = 16 * 1024 * 1024;

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
  private final AtomicBoolean hangsBeforeChange = new AtomicBoolean();
  private final AtomicInteger answersToLose = new AtomicInteger();

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

  /** The next request that changes something waits on its way to the server, and all after it. */
  public void hangBeforeChange() {
    hangsBeforeChange.set(true);
  }

  /** Whether bytes of some way have to wait by now. */
  public boolean isHanging() {
    lock.lock();
    try {
      return !hanging.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of one way are lost for good; the other way works. */
  public void drop(Way way) {
    set(Set.of(), Set.of(way));
  }

  /** Every piece that goes either way takes so long. */
  public void delay(Duration duration) {
    delay = duration;
  }

  /**
   * The next so many requests that change something reach the server, and their connection breaks
   * before the answer is there.
   */
  public void loseAnswersToChanges(int count) {
    answersToLose.set(count);
  }

  /** Whether every answer has been lost that was to be. */
  public boolean hasLostAll() {
    return answersToLose.get() <= 0;
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
    hangsBeforeChange.set(false);
    answersToLose.set(0);
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
      DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
      boolean greeting = true;
      while (true) {
        byte[] packet = packet(in);
        boolean changes = way == Way.TO_SERVER && !greeting && isChange(packet);
        if (changes && hangsBeforeChange.compareAndSet(true, false)) {
          hang(Way.TO_SERVER);
        }
        if (!passes(way)) {
          continue;
        }
        boolean loses = changes && takesOneToLose();
        if (loses) {
          closed(from); // what comes back finds nobody
        }
        to.getOutputStream().write(packet);
        to.getOutputStream().flush();
        greeting = false;
        if (loses) {
          // The server drops a request whose connection is gone before it has read it.
          TimeUnit.MILLISECONDS.sleep(200);
          return;
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

  private static byte[] packet(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST_PACKET) {
      throw new IOException("not ZooKeeper's protocol");
    }
    ByteBuffer packet = ByteBuffer.allocate(4 + length).putInt(length);
    in.readFully(packet.array(), 4, length);
    return packet.array();
  }

  /** After the length come the request's number and its kind. */
  private static boolean isChange(byte[] packet) {
    return packet.length >= 12 && CHANGES.contains(ByteBuffer.wrap(packet).getInt(8));
  }

  private boolean takesOneToLose() {
    return answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
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

package ballot.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A way to a server that can be blocked without anybody hanging up, and cut. */
final class Detour implements AutoCloseable {

  private final int upstream;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock. */
  private boolean blocked;

  Detour(int upstream) throws IOException {
    this.upstream = upstream;
    this.entrance = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + entrance.getLocalPort();
  }

  /** From now on nothing gets through, in either direction. */
  void block() {
    set(true);
  }

  /** What was held up goes on its way. */
  void clear() {
    set(false);
  }

  private void set(boolean now) {
    lock.lock();
    try {
      blocked = now;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Hangs up on everybody. */
  void cut() {
    open.forEach(Detour::closeQuietly);
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        open.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream);
        open.add(server);
        Thread.ofVirtual().start(() -> carry(client, server));
        Thread.ofVirtual().start(() -> carry(server, client));
      } catch (IOException gone) {
        // the entrance was closed, or the server is not there: the client sees its end
      }
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      from.setTcpNoDelay(true);
      to.setTcpNoDelay(true);
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        waitUntilClear();
        out.write(buffer, 0, length);
      }
      waitUntilClear();
    } catch (IOException | InterruptedException end) {
      // hung up, here or there
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private void waitUntilClear() throws InterruptedException {
    lock.lock();
    try {
      while (blocked) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // that is what was wanted
    }
  }

  @Override
  public void close() {
    clear();
    try {
      entrance.close();
    } catch (IOException alreadyGone) {
      // that is what was wanted
    }
    cut();
  }
}

package ballot.exec.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes connections, reads what is sent, and answers a little at a time or never. */
final class SilentServer implements AutoCloseable {

  private final ServerSocket listening;
  private final String word;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Listens.
   *
   * @param word sent over and over, slowly; empty for nothing
   */
  SilentServer(String word) throws IOException {
    this.word = word;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().name("silent-server").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many connections there are that nobody has closed. */
  int connections() {
    return open.get();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> read(socket));
        Thread.ofPlatform().daemon().start(() -> write(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void read(Socket socket) {
    try (socket) {
      byte[] bytes = new byte[4096];
      while (socket.getInputStream().read(bytes) >= 0) {
        // until its end
      }
    } catch (IOException reset) {
      // that is an end too
    } finally {
      open.decrementAndGet();
    }
  }

  private void write(Socket socket) {
    try {
      while (!word.isEmpty() && !socket.isClosed()) {
        socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException ended) {
      // the other side has enough
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}

package ballot.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Passes everything on and remembers what was asked. */
final class RecordingProxy implements AutoCloseable {

  private static final Pattern REQUEST = Pattern.compile("(?m)^(GET|PUT|POST|DELETE) (\\S+) HTTP");

  private final ServerSocket server;
  private final int target;
  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();

  RecordingProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Everything that clients have sent. */
  String asked() {
    synchronized (asked) {
      return asked.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** The paths and queries of the requests. */
  List<String> urls() {
    return REQUEST.matcher(asked()).results().map(match -> match.group(2)).toList();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
        daemon(() -> copy(client, there, true));
        daemon(() -> copy(there, client, false));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void copy(Socket from, Socket to, boolean record) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (record) {
          synchronized (asked) {
            asked.write(buffer, 0, length);
          }
        }
        out.write(buffer, 0, length);
        out.flush();
      }
    } catch (IOException closed) {
      // either side has had enough
    }
  }

  private static void daemon(Runnable task) {
    Thread.ofPlatform().daemon(true).name("recording-proxy").start(task);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

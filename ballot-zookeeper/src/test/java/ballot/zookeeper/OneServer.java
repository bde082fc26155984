package ballot.zookeeper;

import java.nio.file.Path;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;

/** A server of ZooKeeper's own, in this JVM. */
final class OneServer implements AutoCloseable {

  static final int TICK_MILLIS = 500;

  private final TestingServer server;

  OneServer(Path dir) throws Exception {
    this.server =
        new TestingServer(
            new InstanceSpec(dir.toFile(), -1, -1, -1, false, -1, TICK_MILLIS, 1000), true);
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  @Override
  public void close() throws Exception {
    server.close();
  }
}

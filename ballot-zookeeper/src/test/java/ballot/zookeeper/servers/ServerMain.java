package ballot.zookeeper.servers;

import java.io.IOException;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** ZooKeeper's own server, in a process that ends with whoever started it. */
final class ServerMain {

  private ServerMain() {}

  /** The path of a configuration file. */
  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon(true).name("end-with-parent").start(ServerMain::endWithParent);
    QuorumPeerMain.main(arguments);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nobody writes: this waits for the end
      }
    } catch (IOException gone) {
      // the same
    }
    Runtime.getRuntime().halt(1);
  }
}

package ballot.zookeeper;

import ballot.api.ElectionName;
import ballot.zookeeper.servers.Proxy;
import ballot.zookeeper.servers.RawClient;
import ballot.zookeeper.servers.Server;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that share one server. */
@TestInstance(Lifecycle.PER_CLASS) // classes run beside each other, and each has its own server
abstract class OnServer extends OnServers {

  /** Long enough for a machine that is busy with other things. */
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** What a busy machine may add to a wait; the other end of a wait has no such allowance. */
  static final Duration BUSY = Duration.ofSeconds(2);

  Server server;
  RawClient client;

  @BeforeAll
  void start() {
    server = Server.start();
    client = new RawClient(server.address());
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  /** A bad line to the server. */
  final Proxy proxy() {
    return closing(new Proxy(server.port()));
  }

  /** A candidate with a store of its own, who campaigns until the test ends. */
  final Campaigner campaigns(ElectionName election, String id) throws Exception {
    return campaigns(server.address(), TIMEOUT, election, id);
  }

  /** The znode of a candidate that stands now. */
  final String proposalOf(ElectionName election, String id) {
    return client.children(base(election)).stream()
        .map(name -> base(election) + "/" + name)
        .filter(path -> client.text(path).contains("\"" + id + "\""))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " does not stand"));
  }

  /** How many znodes a candidate has in line. */
  final long proposalsOf(ElectionName election, String id) {
    return client.children(base(election)).stream()
        .map(name -> client.text(base(election) + "/" + name))
        .filter(text -> text.contains("\"" + id + "\""))
        .count();
  }

  final long sessionOf(ElectionName election, String id) {
    return client.stat(proposalOf(election, id)).getEphemeralOwner();
  }
}

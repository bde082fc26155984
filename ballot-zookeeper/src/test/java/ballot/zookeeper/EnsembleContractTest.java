package ballot.zookeeper;

import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import ballot.zookeeper.servers.Ensemble;
import ballot.zookeeper.servers.Server;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract where everybody talks to another server of an ensemble. */
class EnsembleContractTest extends ZooKeeperContractTest {

  private static final AtomicInteger NEXT = new AtomicInteger();

  private static Ensemble ensemble;

  @BeforeAll
  static void startAll() {
    ensemble = Ensemble.start();
  }

  @AfterAll
  static void stopAll() {
    ensemble.close();
  }

  @Override
  protected Participant participant() throws Exception {
    List<Server> servers = ensemble.servers();
    return new ZooKeeperParticipant(
        servers.get(NEXT.getAndIncrement() % servers.size()).port(),
        GivenSettings.none().with("zookeeper-session-timeout", "4s"));
  }
}

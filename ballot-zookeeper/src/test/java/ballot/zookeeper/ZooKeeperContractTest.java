package ballot.zookeeper;

import ballot.api.ElectionBackend;
import ballot.testkit.BadSettings;
import ballot.testkit.ElectionContract;
import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server. */
@Tag("server")
class ZooKeeperContractTest extends ElectionContract {

  private static final Duration SESSION = Duration.ofSeconds(4);

  @TempDir private static Path data;

  private static OneServer server;

  @TempDir private Path dir;

  @BeforeAll
  static void start() throws Exception {
    server = new OneServer(data);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected ElectionBackend backend() {
    return new ZooKeeperBackend();
  }

  @Override
  protected Participant participant() throws Exception {
    return new ZooKeeperParticipant(
        server.port(), GivenSettings.none().with("zookeeper-session-timeout", "4s"));
  }

  @Override
  protected boolean keepsALedger() {
    return true;
  }

  @Override
  protected Duration silenceBound() {
    return SESSION.plusMillis(2L * OneServer.TICK_MILLIS);
  }

  @Override
  protected List<BadSettings> badSettings() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty"));
    String missing = dir.resolve("missing").toString();
    return List.of(
        bad("a digest without a password", "zookeeper.digest", "name"),
        bad("a digest file that is missing", "zookeeper.digest-file", missing),
        bad("a digest file without a digest", "zookeeper.digest-file", empty.toString()),
        bad("the creator's rights without a creator", "zookeeper.acl", "creator"),
        bad("rights of a scheme that nobody knows", "zookeeper.acl", "nobody:knows:r"),
        new BadSettings(
            "a path behind the servers that is missing",
            GivenSettings.none().with("zookeeper-servers", server.address() + "/missing"),
            "zookeeper-servers"));
  }

  private static BadSettings bad(String what, String setting, String text) {
    return new BadSettings(
        what,
        GivenSettings.none().with("zookeeper-servers", server.address()).with(setting, text),
        setting);
  }
}

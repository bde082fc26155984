package ballot.consul;

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

/** The contract on a real agent, with crash detection for a machine that is busy. */
@Tag("server")
class ConsulContractTest extends ElectionContract {

  static ConsulAgent agent;

  @TempDir private Path dir;

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Override
  protected ElectionBackend backend() {
    return new ConsulBackend();
  }

  @Override
  protected Participant participant() throws Exception {
    return new ConsulParticipant(agent.port(), GivenSettings.none().with("crash-detection", "5s"));
  }

  @Override
  protected Duration silenceBound() {
    return Duration.ofSeconds(6);
  }

  @Override
  protected boolean keepsALedger() {
    return true;
  }

  @Override
  protected List<BadSettings> badSettings() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty"));
    String missing = dir.resolve("missing").toString();
    return List.of(
        bad("a token file that is missing", "consul.token-file", missing),
        bad("a token file without a token", "consul.token-file", empty.toString()),
        bad("a name without a password", "consul.http-auth", "name"),
        bad("a check longer than the session", "crash-detection", "11s"),
        bad("a session that the servers refuse", "consul.session-ttl", "5s"),
        new BadSettings(
            "authorities that are missing",
            given("consul.tls-ca-file", missing).with("consul.tls", "true"),
            "consul.tls-ca-file"),
        new BadSettings(
            "a certificate without its key",
            given("consul.tls-cert-file", empty.toString()).with("consul.tls", "true"),
            "consul.tls-key-file"),
        new BadSettings(
            "TLS on a unix socket",
            GivenSettings.none()
                .with("consul.address", "unix:///run/consul.sock")
                .with("consul.tls", "true"),
            "consul.tls"),
        bad("a namespace, which the open source lacks", "consul.namespace", "team"),
        bad("a datacenter that nobody knows", "consul.datacenter", "nowhere"));
  }

  private static BadSettings bad(String what, String setting, String text) {
    return new BadSettings(what, given(setting, text), setting);
  }

  private static GivenSettings given(String setting, String text) {
    return GivenSettings.none().with("consul.address", agent.address()).with(setting, text);
  }
}

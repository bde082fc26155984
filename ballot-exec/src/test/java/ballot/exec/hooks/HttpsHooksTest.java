package ballot.exec.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.HookOutcome;
import ballot.testkit.HookCalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsHooksTest extends HttpHooksContract {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static TlsIdentity identity;
  private static TlsIdentity stranger;

  @BeforeAll
  static void makeKeys() throws Exception {
    identity = TlsIdentity.of(folder, "dns:localhost");
    stranger = TlsIdentity.of(folder, "ip:127.0.0.2");
  }

  @Override
  TlsIdentity identity() {
    return identity;
  }

  @Override
  String scheme() {
    return "https";
  }

  @Override
  protected Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("SSL_CERT_FILE", identity.certificate());
    return environment;
  }

  @Test
  void trusts_nobody_else() {
    HookOutcome outcome = run(at("/ok"), Map.of("SSL_CERT_FILE", stranger.certificate()));

    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message())
        .startsWith("TLS with https://localhost:" + server().port() + "/… failed: ");
    assertThat(run(at("/ok"), Map.of()).message()).startsWith("TLS with https://localhost");
    assertThat(server().requests()).isEmpty();
  }

  @Test
  void wants_the_host_to_be_the_one_in_the_certificate() {
    HookOutcome outcome = run("https://127.0.0.1:" + server().port() + "/ok", environment());

    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).contains("127.0.0.1");
    assertThat(server().requests()).isEmpty();
  }

  @Test
  void says_at_once_that_there_are_no_certificates() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");

    for (Path file : new Path[] {empty, folder.resolve("none.pem")}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> executor().prepare(at("/ok"), Map.of("SSL_CERT_FILE", file.toString())))
          .withMessageContaining("SSL_CERT_FILE " + file + " cannot be used");
    }
  }

  private HookOutcome run(String text, Map<String, String> environment) {
    return executor()
        .prepare(text, environment)
        .run(HookCalls.promotion(), LIMIT, (line, error) -> {});
  }
}

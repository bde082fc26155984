package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Six secrets, each planted where a user would put it: none is found in a log at level trace, in a
 * process list, in a URL, in an error, in the command's environment or in what {@code info} shows.
 */
final class SecretsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SECRET = "s3cr3t-4f1c8d5e-do-not-show";

  @TempDir private Path folder;
  private Consul consul;
  private RecordingProxy proxy;
  private int calls;

  @BeforeEach
  void startConsulBehindAProxy() throws Exception {
    consul = Consul.start(folder);
    String address = consul.address();
    proxy = new RecordingProxy(Integer.parseInt(address.substring(address.indexOf(':') + 1)));
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    consul.close();
  }

  /** Where a secret was planted. */
  private record Planted(Map<String, String> environment, List<String> options) {}

  @Test
  void a_token_in_a_file_is_only_ever_in_the_header() throws Exception {
    Path file = file("ballot.yaml", "consul:\n  token: " + SECRET + "\n");
    check(new Planted(Map.of(), List.of("--config", file.toString())));
    assertThat(proxy.asked()).contains("X-Consul-Token: " + SECRET);
  }

  @Test
  void a_token_in_the_environment_is_only_ever_in_the_header() throws Exception {
    check(new Planted(Map.of("CONSUL_HTTP_TOKEN", SECRET), List.of()));
    assertThat(proxy.asked()).contains("X-Consul-Token: " + SECRET);
  }

  @Test
  void a_token_in_a_token_file_is_only_ever_in_the_header() throws Exception {
    Path file = file("token", SECRET + "\n");
    check(new Planted(Map.of("CONSUL_HTTP_TOKEN_FILE", file.toString()), List.of()));
    assertThat(proxy.asked()).contains("X-Consul-Token: " + SECRET);
  }

  @Test
  void a_token_of_a_service_is_not_shown() throws Exception {
    String text = "election:\n  services:\n    web:\n      id: web\n      token: " + SECRET + "\n";
    check(new Planted(Map.of(), List.of("--config", file("services.yaml", text).toString())));
  }

  @Test
  void the_password_of_a_key_is_not_shown() throws Exception {
    check(new Planted(Map.of("BALLOT_CONSUL_TLS_KEY_PASSWORD", SECRET), List.of()));
  }

  @Test
  void user_information_in_an_address_is_not_shown() throws Exception {
    String address = "http://me:" + SECRET + "@127.0.0.1:" + proxy.port();
    check(new Planted(Map.of("CONSUL_HTTP_ADDR", address), List.of()), List.of());
    assertThat(proxy.asked()).contains("Authorization: Basic ");
  }

  private void check(Planted planted) throws Exception {
    check(planted, List.of("--consul-address", "127.0.0.1:" + proxy.port()));
  }

  private void check(Planted planted, List<String> address) throws Exception {
    works(planted, address);
    fails(planted);
    assertThat(proxy.urls()).allSatisfy(url -> assertThat(url).doesNotContain(SECRET));
  }

  private void works(Planted planted, List<String> address) throws Exception {
    Path ready = folder.resolve("ready-" + ++calls);
    List<String> line = new ArrayList<>(List.of("run", "once", "--backend", "consul"));
    line.addAll(address);
    line.addAll(planted.options());
    line.addAll(List.of("--log-level", "trace", "--debug", "--on-child-success", "exit", "--"));
    line.addAll(List.of("sh", "-c", "env; touch '" + ready + "'; sleep 1"));
    try (Program program = start(planted, line)) {
      Await.until(
          PATIENCE,
          () -> "the command did not start" + output(program),
          () -> Files.exists(ready) || !program.isAlive());
      assertThat(commandLines()).doesNotContain(SECRET);
      List<String> info = new ArrayList<>(List.of("info", "--backend", "consul"));
      info.addAll(address);
      info.addAll(planted.options());
      silent(start(planted, info));
      silent(program);
      assertThat(program.stdout()).contains("BALLOT_RUN_FENCING_TOKEN=");
    }
  }

  private void fails(Planted planted) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "once", "--backend", "consul"));
    line.addAll(planted.options());
    line.addAll(List.of("--consul-address", "127.0.0.1:1", "--on-election-failure", "exit"));
    line.addAll(List.of("--log-level", "trace", "--debug", "--", "true"));
    silent(start(planted, line));
    line.set(line.indexOf("--debug"), "--no-such-option");
    silent(start(planted, line));
  }

  private Program start(Planted planted, List<String> line) throws IOException {
    return Program.start(folder, "program" + ++calls, planted.environment(), line);
  }

  private static void silent(Program program) throws Exception {
    try (program) {
      program.await(PATIENCE);
      assertThat(program.stdout()).doesNotContain(SECRET);
      assertThat(program.stderr()).doesNotContain(SECRET);
    }
  }

  private static String output(Program program) {
    try {
      return "\n" + program.stdout() + program.stderr();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Of every process there is. */
  private static String commandLines() throws IOException {
    StringBuilder all = new StringBuilder();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          byte[] line = Files.readAllBytes(process.resolve("cmdline"));
          all.append(new String(line, StandardCharsets.UTF_8)).append('\n');
        } catch (IOException gone) {
          // it ended while we looked
        }
      }
    }
    return all.toString();
  }

  private Path file(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}

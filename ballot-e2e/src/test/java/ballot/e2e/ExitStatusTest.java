package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a supervisor sees of the packaged program: its exit status, and one line that says why. */
final class ExitStatusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private List<String> local;

  @BeforeEach
  void chooseBackend() {
    local =
        List.of(
            "run",
            "once",
            "--backend",
            "local",
            "--local-dir",
            folder.resolve("dir").toString(),
            "--candidate-id",
            "me",
            "--on-child-success",
            "exit",
            "--on-child-error",
            "exit");
  }

  record Ended(int status, String stdout, String stderr) {}

  private Ended run(List<String> options, String... command) throws Exception {
    List<String> line = new ArrayList<>(options);
    if (command.length > 0) {
      line.add("--");
      line.addAll(List.of(command));
    }
    try (Program program = Program.start(folder, "program", line)) {
      int status = program.await(PATIENCE);
      return new Ended(status, program.stdout(), program.stderr());
    }
  }

  private List<String> localWith(String... more) {
    return Stream.concat(local.stream(), Stream.of(more)).toList();
  }

  @Test
  void is_zero_after_success_and_the_line_stands_once_on_stdout() throws Exception {
    Ended ended = run(local, "echo", "hello");
    assertThat(ended.status()).isZero();
    assertThat(ended.stdout().lines().filter(line -> line.contains("hello"))).hasSize(1);
    assertThat(ended.stderr()).isEmpty();
  }

  static Stream<List<Object>> commands() {
    return Stream.of(
        List.of(7, List.of("sh", "-c", "exit 7")),
        List.of(128 + 15, List.of("sh", "-c", "kill -TERM $$")),
        List.of(128 + 9, List.of("sh", "-c", "kill -KILL $$")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void is_the_commands_own(List<Object> expected) throws Exception {
    @SuppressWarnings("unchecked")
    List<String> command = (List<String>) expected.get(1);
    assertThat(run(local, command.toArray(String[]::new)).status()).isEqualTo(expected.get(0));
  }

  @Test
  void is_127_for_a_command_that_is_not_there_before_standing() throws Exception {
    Ended ended = run(local, "no-such-command-of-ours");
    assertThat(ended.status()).isEqualTo(127);
    assertOneLine(ended, "no-such-command-of-ours", "no such command");
    assertThat(folder.resolve("dir")).doesNotExist();
  }

  @Test
  void is_126_for_a_command_that_may_not_be_executed() throws Exception {
    Path file = Files.writeString(folder.resolve("plain-file"), "text");
    Ended ended = run(local, file.toString());
    assertThat(ended.status()).isEqualTo(126);
    assertOneLine(ended, file.toString(), "executable");
  }

  @Test
  void is_75_when_held_by_another_and_there_is_no_time_to_wait() throws Exception {
    Path started = folder.resolve("started");
    List<String> holder = new ArrayList<>(local);
    holder.addAll(List.of("--", "sh", "-c", "touch '" + started + "'; sleep 60"));
    try (Program leader = Program.start(folder, "leader", holder)) {
      Await.until(PATIENCE, () -> "the leader did not start", () -> Files.exists(started));
      Ended ended = run(localWith("--wait", "0s"), "true");
      assertThat(ended.status()).isEqualTo(75);
      assertThat(ended.stderr()).contains("--wait", "held by me@").hasLineCount(1);
      leader.signal("TERM");
      assertThat(leader.await(PATIENCE)).isEqualTo(128 + 15);
    }
  }

  @Test
  void is_69_when_the_store_is_unreachable_and_the_policy_says_exit() throws Exception {
    int port = freePort();
    Ended ended =
        run(
            List.of(
                "run",
                "once",
                "--consul-address",
                "127.0.0.1:" + port,
                "--candidate-id",
                "me",
                "--on-election-failure",
                "exit"),
            "true");
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.stderr())
        .contains("127.0.0.1:" + port, "--on-election-failure")
        .hasLineCount(1);
  }

  @Test
  void is_64_for_an_unknown_option_and_names_the_nearest() throws Exception {
    Ended ended = run(localWith("--candidat-id", "x"), "true");
    assertThat(ended.status()).isEqualTo(64);
    assertOneLine(ended, "--candidat-id", "--candidate-id");
  }

  @Test
  void is_78_for_an_unknown_key_in_a_file_and_names_file_line_and_nearest() throws Exception {
    Path file = Files.writeString(folder.resolve("b.yaml"), "log-level: info\nlog-fromat: json\n");
    Ended ended = run(localWith("--config", file.toString()), "true");
    assertThat(ended.status()).isEqualTo(78);
    assertOneLine(ended, "b.yaml", "line 2", "log-fromat", "log-format");
  }

  @Test
  void is_64_for_a_bad_duration_in_an_option_and_78_in_a_file() throws Exception {
    Ended option = run(localWith("--stop-timeout", "10 parsecs"), "true");
    assertThat(option.status()).isEqualTo(64);
    assertOneLine(option, "--stop-timeout", "10 parsecs", "1m30s");

    Path file = Files.writeString(folder.resolve("d.yaml"), "stop-timeout: 10 parsecs\n");
    Ended inFile = run(localWith("--config", file.toString()), "true");
    assertThat(inFile.status()).isEqualTo(78);
    assertOneLine(inFile, "d.yaml", "line 1", "stop-timeout", "10 parsecs", "1m30s");
  }

  @Test
  void says_where_a_setting_was_set_that_the_store_cannot_use() throws Exception {
    List<String> line = List.of("run", "once", "--consul-address", "https://127.0.0.1:1");
    List<String> options = new ArrayList<>(line);
    options.addAll(List.of("--consul-tls-ca-file", "/no/such/file"));
    Ended option = run(options, "true");
    assertThat(option.status()).isEqualTo(64);
    assertOneLine(option, "--consul-tls-ca-file", "/no/such/file");

    Path file = Files.writeString(folder.resolve("h.yaml"), "consul:\n  http-auth: nonsense\n");
    Ended inFile =
        run(
            List.of("run", "once", "--config", file.toString(), "--consul-address", "127.0.0.1:1"),
            "true");
    assertThat(inFile.status()).isEqualTo(78);
    assertThat(inFile.stderr())
        .contains("h.yaml", "line 2", "http-auth", "name:password")
        .hasLineCount(1);
  }

  private static void assertOneLine(Ended ended, String... parts) {
    assertThat(ended.stderr().strip().lines()).hasSize(1);
    assertThat(ended.stderr()).contains(parts).doesNotContain("\tat ", "Exception");
    assertThat(ended.stdout()).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

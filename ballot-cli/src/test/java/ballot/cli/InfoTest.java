package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.process.Terminal;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ballot info} prints, and the status that it ends with. */
final class InfoTest {

  private final TimeZone before = TimeZone.getDefault();
  @TempDir private Path folder;

  @BeforeEach
  void liveInLosAngeles() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
  }

  @AfterEach
  void goHome() {
    TimeZone.setDefault(before);
  }

  private Trial trial() {
    return new Trial(Main::run, folder).with("NOTEBOOK_TOKEN", "hunter2");
  }

  private Outcome info(String scene, String... more) {
    return info(trial(), scene, more);
  }

  private static Outcome info(Trial trial, String scene, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "info";
    line[1] = "--notebook-scene";
    line[2] = scene;
    System.arraycopy(more, 0, line, 3, more.length);
    return trial.run(line);
  }

  @Test
  void is_yaml_with_the_fields_of_the_tool_that_is_succeeded() {
    Outcome outcome = info("led");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout())
        .isEqualTo(
            """
            leader:
              id: candidate-5
              host: host-5
              pid: "25048"
              proposalTime: 2022-01-07 13:40:17.537208 -0800 PST
              proposalNode: /ballot/myservice/proposal-0000031785
              sessionTimeout: 10s
              term: 31785
              notes:
                - is leader
                - last heartbeat 2.242563s ago
                - possibly resigning
              lastSeenTime: 2022-01-07 13:40:47.55661 -0800 PST
            allCandidates:
              - id: candidate-5
                host: host-5
                pid: "25048"
                proposalTime: 2022-01-07 13:40:17.537208 -0800 PST
                proposalNode: /ballot/myservice/proposal-0000031785
                notes: []
              - id: candidate-2
                host: host-2
                pid: "5967"
                proposalTime: 2022-01-07 13:40:17.537208 -0800 PST
                proposalNode: /ballot/myservice/proposal-0000031786
                sessionTimeout: 1m30.5s
                notes:
                  - should be leader but another candidate is claiming the role
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "led", "foreign", "nasty"})
  void is_the_same_in_json(String scene) throws IOException {
    JsonNode json = new ObjectMapper().readTree(info(scene, "-o", "json").stdout());
    JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(info(scene).stdout());
    assertThat(json).isEqualTo(yaml);
    assertThat(json.has("leader")).isTrue();
    assertThat(json.get("allCandidates").isArray()).isTrue();
  }

  @Test
  void says_so_when_nobody_leads_and_makes_it_a_status_when_asked() {
    assertThat(info("empty").stdout()).isEqualTo("leader: null\nallCandidates: []\n");
    assertThat(info("empty").status()).isZero();
    assertThat(info("empty", "--exit-code").status()).isEqualTo(3);
    assertThat(info("led", "--exit-code").status()).isZero();
    assertThat(info("empty", "--exit-code=false").status()).isZero();
  }

  @Test
  void shows_what_is_known_of_a_foreign_leader_and_the_election() {
    assertThat(info("foreign").stdout())
        .isEqualTo(
            """
            leader:
              proposalNode: key x
              notes:
                - held by another tool
            allCandidates: []
            notes:
              - lock-delay in force until 13:40:50
            """);
  }

  @Test
  void is_a_table_that_fits_80_columns() {
    Outcome outcome = info("led", "--output", "table", "--election", "jobs/backup");
    assertThat(outcome.stdout().lines()).allMatch(line -> line.length() <= 80);
    assertThat(outcome.stdout())
        .isEqualTo(
            """
            election jobs/backup (notebook)
               ID           HOST    PID    TERM   NOTES
            *  candidate-5  host-5  25048  31785  is leader; last heartbeat 2.242563s ago;
                                                  possibly resigning
               candidate-2  host-2  5967          should be leader but another candidate is
                                                  claiming the role
            """);
    assertThat(info("empty", "-otable").stdout())
        .isEqualTo("election ballot/election (notebook)\nnobody leads, nobody waits\n");
    assertThat(info("nasty", "-o=table").stdout()).doesNotContain("\u001b", "\t");
  }

  @Test
  void has_colours_on_a_terminal_only() {
    Terminal terminal = new Terminal(true, true, true, 80);
    assertThat(info(trial().on(terminal), "led", "-o", "table").stdout()).contains("\u001b[1m*");
    Terminal plain = new Terminal(true, true, false, 80);
    assertThat(info(trial().on(plain), "led", "-o", "table").stdout()).doesNotContain("\u001b");
  }

  @Test
  void ends_with_69_and_one_line_when_the_store_does_not_answer() {
    Outcome outcome = info("unavailable");
    assertThat(outcome.status()).isEqualTo(69);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.stderr())
        .isEqualTo(
            "ballot: could not look at ballot/election at http://***@shelf: timed out after 5 s\n");
  }

  @Test
  void ends_with_78_and_one_line_when_the_store_refuses() {
    Outcome outcome = info("rejected");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr())
        .isEqualTo("ballot: the notebook refuses to show ballot/election\n");
  }

  @Test
  void says_where_a_refused_setting_was_set() {
    Outcome variable = trial().with("BALLOT_NOTEBOOK_ADDRESS", "nowhere").run("info");
    assertThat(variable.status()).isEqualTo(78);
    assertThat(variable.stderr())
        .isEqualTo(
            "ballot: BALLOT_NOTEBOOK_ADDRESS in the environment: 'nowhere' is no place; name a"
                + " shelf\n");
    Outcome option = trial().run("info", "--notebook-address", "nowhere");
    assertThat(option.status()).isEqualTo(64);
    assertThat(option.stderr()).startsWith("ballot: --notebook-address: 'nowhere'");
  }

  @Test
  void ends_with_70_when_a_backend_is_broken_and_shows_where_only_when_asked() {
    Outcome outcome = info("broken");
    assertThat(outcome.status()).isEqualTo(70);
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.stderr())
        .contains("a fault of ours: IllegalStateException: the notebook is torn, token ***")
        .contains("--debug");
    Outcome debug = info("broken", "--debug");
    assertThat(debug.status()).isEqualTo(70);
    assertThat(debug.stderr())
        .contains("\tat ballot.cli.testing.NotebookStore")
        .doesNotContain("hunter2");
    assertThat(trial().with("BALLOT_DEBUG", "yes").run("info", "--notebook-scene=broken").stderr())
        .contains("\tat ");
  }

  @Test
  void logs_on_stderr_and_only_what_the_level_asks_for() {
    assertThat(info("led").stderr()).isEmpty();
    Outcome debug = info("led", "--log-level", "debug", "--log-format", "raw");
    assertThat(debug.stderr())
        .contains("msg=\"looking at ballot/election with *** for 7\"")
        .contains("election=ballot/election term=7");
    assertThat(debug.stdout()).startsWith("leader:\n");
  }

  @Test
  void says_so_when_its_output_cannot_be_written() {
    Outcome full = info(trial().printingTo(failing("No space left on device")), "led");
    assertThat(full.status()).isEqualTo(74);
    assertThat(full.stderr()).contains("cannot be written", "No space left on device");
    Outcome gone = info(trial().printingTo(failing("Broken pipe")), "led");
    assertThat(gone.status()).isEqualTo(141);
    assertThat(gone.stderr()).isEmpty();
  }

  private static OutputStream failing(String why) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        throw new IOException(why);
      }
    };
  }

  @Test
  void works_with_the_local_backend() {
    Outcome outcome = trial().run("info", "--local-dir", folder.resolve("elections").toString());
    assertThat(outcome.stdout()).isEqualTo("leader: null\nallCandidates: []\n");
    assertThat(outcome.status()).isZero();
  }
}

package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.fence.FenceRequest;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ballot fence} reads from where. */
final class FenceTest {

  private static final String TOKEN = "BALLOT_RUN_FENCING_TOKEN";

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  private static FenceRequest handedOver(Outcome outcome) {
    return outcome.fence().orElseThrow(() -> new AssertionError(outcome.stderr()));
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.stderr()).contains(parts).hasLineCount(1);
    assertThat(outcome.status()).isEqualTo(64);
    assertThat(outcome.fence()).isEmpty();
  }

  @Test
  void takes_options_before_and_after_its_name_and_a_command() {
    FenceRequest request =
        handedOver(
            trial()
                .with("COLOUR", "red")
                .run("--token", "7", "fence", "--file=F", "--wait", "1m", "./backup", "--all"));
    assertThat(request.token()).isEqualTo(7);
    assertThat(request.file()).isEqualTo(folder.resolve("work/F"));
    assertThat(request.longestWait()).contains(Duration.ofMinutes(1));
    assertThat(request.command()).isEqualTo(List.of("./backup", "--all"));
    assertThat(request.environment()).containsEntry("COLOUR", "red").containsEntry(TOKEN, "7");
  }

  @Test
  void waits_for_ever_and_takes_the_token_of_the_run_unless_told_otherwise() {
    FenceRequest request =
        handedOver(trial().with(TOKEN, "41").run("fence", "--file", "/f/F", "--", "true"));
    assertThat(request.token()).isEqualTo(41);
    assertThat(request.longestWait()).isEmpty();
    assertThat(request.file()).isEqualTo(Path.of("/f/F"));
    Outcome other = trial().with(TOKEN, "41").run("fence", "--file=F", "--token=42", "--", "true");
    assertThat(handedOver(other).environment()).containsEntry(TOKEN, "42");
  }

  @Test
  void takes_nothing_from_a_file_or_from_variables_that_are_meant_for_the_run_around_it() {
    Trial trial = trial().with("BALLOT_WAIT", "0s").with("BALLOT_TOKEN", "3").with(TOKEN, "5");
    trial.file("work/ballot.yaml", "this is: no setting\n");
    FenceRequest request = handedOver(trial.run("fence", "--file", "F", "--", "true"));
    assertThat(request.longestWait()).isEmpty();
    assertThat(request.token()).isEqualTo(5);
  }

  @Test
  void a_token_is_no_setting_of_other_commands() {
    Trial trial = trial().with("BALLOT_TOKEN", "3");
    Outcome outcome = trial.run("run", "once", "--backend", "notebook", "--", "true");
    assertThat(outcome.stdout()).contains("BALLOT_TOKEN in the environment names no setting");
    trial.file("work/ballot.yaml", "token: 3\n");
    assertThat(trial.run("info", "--backend", "notebook").stderr()).contains("line 1", "token");
    assertRefused(trial.run("info", "--token", "3"), "--token is an option of 'fence'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "seven", "1.5", "9223372036854775808", "0x7"})
  void a_token_is_a_number(String token) {
    assertRefused(
        trial().run("fence", "--file=F", "--token", token, "--", "true"), "--token", token);
    assertRefused(trial().with(TOKEN, token).run("fence", "--file=F", "--", "true"), TOKEN, token);
  }

  @Test
  void says_what_is_missing() {
    assertRefused(
        trial().run("fence", "--file=F", "--", "true"), "--token N", "ballot run once", TOKEN);
    assertRefused(trial().run("fence", "--token=1", "--", "true"), "--file");
    assertRefused(trial().run("fence", "--token=1", "--file=F"), "no command");
    assertRefused(
        trial().with("BALLOT_RUN_LEADER", "false").run("fence", "--file=F", "--", "true"),
        "without leadership");
  }

  @Test
  void refuses_options_that_would_mean_nothing() {
    for (String option : List.of("--backend=local", "--config=b.yaml", "--log-level=debug")) {
      assertRefused(
          trial().run("fence", option, "--file=F", "--token=1", "--", "true"),
          option.substring(0, option.indexOf('=')),
          "means nothing to 'fence'");
    }
    assertRefused(
        trial().run("fence", "--stop-timeout=1s", "--file=F", "--token=1", "--", "true"),
        "--stop-timeout is an option of");
    assertThat(trial().run("fence", "--debug", "--file=F", "--token=1", "--", "true").fence())
        .isPresent();
  }
}

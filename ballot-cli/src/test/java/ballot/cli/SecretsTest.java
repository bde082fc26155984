package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.logging.CommandStream;
import ballot.cli.logging.LogContext;
import ballot.cli.logging.LogLevel;
import ballot.cli.run.RunOnce;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets from everywhere, and everything that is printed, at the finest level there is. */
final class SecretsTest {

  private static final List<String> SECRETS =
      List.of("secret-of-variable", "secret-of-service", "secret-in-address", "secret-of-shell");

  @TempDir private Path folder;

  private Trial trial() {
    Trial trial =
        new Trial(Main::run, folder)
            .with("BALLOT_NOTEBOOK_TOKEN", "secret-of-variable")
            .with("NOTEBOOK_TOKEN", "secret-of-shell")
            .with("BALLOT_NOTEBOOK_ADDRESS", "http://me:secret-in-address@shelf/")
            .with("BALLOT_DEBUG", "true");
    trial.file(
        "work/ballot.yaml", "election: {services: {web: {id: web, token: secret-of-service}}}\n");
    return trial;
  }

  private static void assertNoSecret(Outcome outcome) {
    assertThat(outcome.stdout() + outcome.stderr()).doesNotContain(SECRETS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"empty", "led", "foreign", "nasty", "unavailable", "rejected", "broken", "wrong"})
  void are_not_in_what_info_prints(String scene) {
    for (String format : List.of("human", "json", "raw")) {
      assertNoSecret(
          trial()
              .run("info", "--log-level=trace", "--log-format", format, "--notebook-scene", scene));
    }
  }

  @Test
  void are_not_in_what_a_careless_command_engine_or_plugin_says() {
    RunOnce careless =
        request -> {
          for (String secret : SECRETS) {
            request.log().write(LogLevel.INFO, "told " + secret);
            request
                .log()
                .story(LogContext.NONE)
                .output(CommandStream.STDOUT, "printed " + secret, Optional.empty());
            System.getLogger("x").log(System.Logger.Level.TRACE, "thrown", new Exception(secret));
          }
          throw new IllegalStateException(String.join(" ", SECRETS));
        };
    for (String format : List.of("human", "json", "raw")) {
      Outcome outcome =
          trial()
              .running(careless)
              .run("run", "once", "--log-level=trace", "--log-format=" + format, "--", "true");
      assertThat(outcome.status()).isEqualTo(70);
      assertThat(outcome.stdout()).contains("told ***", "printed ***");
      assertThat(outcome.stderr()).contains("a fault of ours", "\tat ");
      // In plain text an address is told by its user information; this one was not written so.
      assertThat((outcome.stdout() + outcome.stderr()).replace("secret-in-address", ""))
          .doesNotContain(SECRETS);
    }
  }

  @Test
  void are_not_in_what_is_said_of_values_that_cannot_be_used() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("info", "--notebook-token", "secret-of-variable"));
    lines.add(List.of("info", "--notebook-token=secret-of-variable"));
    lines.add(List.of("info", "--notebook-tokn=secret-of-variable"));
    lines.add(List.of("info", "--notebook-address=http://me:secret-in-address@x"));
    lines.add(List.of("info", "--log-level=http://me:secret-in-address@x"));
    for (List<String> line : lines) {
      Outcome outcome = trial().run(line);
      assertThat(outcome.status()).isEqualTo(64);
      assertNoSecret(outcome);
    }
    Trial trial = trial().with("BALLOT_STOP_TIMEOUT", "http://me:secret-in-address@x");
    assertNoSecret(trial.run("info"));
  }

  @Test
  void are_not_shown_when_a_blank_is_missing_in_a_file() {
    for (String text :
        List.of(
            "notebook: {token:secret-of-service}\n",
            "notebook:\n  token:secret-of-service\n",
            "notebook:\n  token:secret-of-service\n  pages: 3\n",
            "token:secret-of-service\n")) {
      Trial trial = new Trial(Main::run, folder);
      trial.file("work/b.yaml", text);
      Outcome outcome = trial.run("info", "--config", "b.yaml");
      assertThat(outcome.status()).as(text).isEqualTo(78);
      assertThat(outcome.stderr()).as(text).doesNotContain("secret");
    }
  }

  @Test
  void are_masked_in_the_settings_that_can_be_shown() {
    Outcome outcome = trial().run("run", "once", "true");
    assertThat(outcome.handedOver().settings().all().toString())
        .doesNotContain(SECRETS)
        .contains("http://***@shelf/");
  }
}

package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.process.Terminal;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the help says, and that it can be read. */
final class HelpTest {

  @TempDir private Path folder;

  private Outcome run(String... line) {
    return new Trial(Main::run, folder).run(line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run once", "fence", "info", "plugins", "help"})
  void fits_80_columns_and_has_examples_and_statuses(String words) {
    Outcome outcome = run(("help " + words).strip().split(" ", -1));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout().lines()).allMatch(line -> line.length() <= 80);
    assertThat(outcome.stdout())
        .startsWith("Usage: ballot ")
        .contains("Exit status:", "  64 ", "Examples:", "  ballot ")
        .doesNotContain("\u001b", "null", "%");
  }

  @Test
  void is_the_same_however_it_is_asked_for() {
    String help = run("help", "run", "once").stdout();
    assertThat(run("run", "once", "--help").stdout()).isEqualTo(help);
    assertThat(run("run", "once", "-h").stdout()).isEqualTo(help);
    assertThat(run("--help", "run", "once").stdout()).isEqualTo(help);
    assertThat(run("run", "once", "--backend", "notebook", "--help", "--", "true").stdout())
        .isEqualTo(help);
    assertThat(run("--help").stdout()).isEqualTo(run("help").stdout());
  }

  @Test
  void lists_the_settings_of_every_backend_that_is_there() {
    String help = run("help", "run", "once").stdout();
    assertThat(help)
        .contains(
            "Of backend notebook:", "--notebook-address=TEXT", "[shelf]", "--notebook-inks=A,B")
        .contains("Of backend local:", "--local-dir=PATH")
        .contains("Of backend zookeeper:", "--zookeeper-servers=A,B", "[localhost]")
        .contains("--notebook-locked[=false]")
        .contains("Secrets are variables or keys, never options", "(BALLOT_NOTEBOOK_TOKEN)")
        .doesNotContain("--notebook-token=", "--slots", "--schedule");
    assertThat(run("help", "info").stdout())
        .contains("-o, --output, --output-format=WORD", "--exit-code");
  }

  @Test
  void names_every_option_of_run_once() {
    assertThat(run("help", "run", "once").stdout())
        .contains(
            List.of(
                "--candidate-id",
                "--on-child-success",
                "--on-child-error",
                "--on-election-failure",
                "--on-lease-loss",
                "--wait",
                "--stop-timeout",
                "--rerun-delay",
                "--wrap-child-logs",
                "--backend",
                "--election",
                "--config",
                "--log-level",
                "--log-format",
                "--log-output",
                "--debug",
                "--plugin-dir",
                "BALLOT_RUN_FENCING_TOKEN"));
  }

  @Test
  void is_there_when_settings_are_broken() {
    Trial trial = new Trial(Main::run, folder).with("BALLOT_LOG_LEVEL", "loud");
    trial.file("work/ballot.yaml", "what: is this\n");
    assertThat(trial.run("--help").status()).isZero();
    assertThat(trial.run("help", "run", "once").status()).isZero();
    assertThat(trial.run("--version").status()).isZero();
  }

  @Test
  void has_colours_on_a_terminal_that_takes_them() {
    Trial trial = new Trial(Main::run, folder);
    assertThat(trial.on(new Terminal(true, true, true, 80)).run("--help").stdout())
        .contains("\u001b[");
    assertThat(trial.on(new Terminal(true, true, false, 80)).run("--help").stdout())
        .doesNotContain("\u001b[");
  }

  @Test
  void the_version_is_one_line() {
    assertThat(run("--version").stdout()).matches("ballot .+ \\(Java .+\\)\n");
    assertThat(run("run", "once", "-V").stdout()).isEqualTo(run("--version").stdout());
  }
}

package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong on a command line is told in one line, with status 64, and nothing starts. */
final class CommandLineErrorsTest {

  @TempDir private Path folder;

  /** A command line and what its error has to say. */
  record Wrong(String line, String... parts) {
    @Override
    public String toString() {
      return "ballot " + line;
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong("", "no command given", "ballot run once -- CMD", "ballot help"),
        new Wrong("rum once -- true", "unknown command 'rum'", "did you mean 'run'?"),
        new Wrong("run onec -- true", "unknown command 'run onec'", "did you mean 'once'?"),
        new Wrong("run sleep 5", "unknown command 'run sleep'", "ballot run once -- sleep"),
        new Wrong("frobnicate", "'frobnicate'", "there are", "info", "plugins"),
        new Wrong("config chekc", "'config chekc'", "'check'"),
        new Wrong("info now", "'info' takes no arguments", "'now'"),
        new Wrong("info -- now", "'info' takes no arguments", "'now'"),
        new Wrong("run once --candidat-id x -- true", "'--candidat-id'", "'--candidate-id'"),
        new Wrong(
            "run once --notebook-adress x -- true", "'--notebook-adress'", "'--notebook-address'"),
        new Wrong("run once --zzz -- true", "unknown option '--zzz'", "'ballot help run once'"),
        new Wrong("-x info", "unknown option '-x'", "'ballot help'"),
        new Wrong("run once --backend", "--backend needs a value"),
        new Wrong("run once --log-level -- true", "--log-level needs a value", "trace, debug"),
        new Wrong("run once --log-level --debug -- true", "--log-level needs a value"),
        new Wrong("run once --candidate-id= -- true", "--candidate-id needs a value"),
        new Wrong("run once --backend notebook", "no command to run", "-- echo hello"),
        new Wrong("run once --backend notebook --", "no command to run"),
        new Wrong("run once --backend notbook -- true", "--backend", "'notbook'", "'notebook'"),
        new Wrong(
            "run once --backend notebook --stop-timeout 10parsecs -- true",
            "--stop-timeout",
            "'10parsecs'",
            "1m30s",
            "PT10S"),
        new Wrong("run once --backend notebook --wait soon -- true", "--wait", "'soon'", "forever"),
        new Wrong(
            "run once --backend notebook --on-child-error rreun -- true",
            "--on-child-error",
            "'rreun'",
            "rerun, reelect, exit, ignore",
            "did you mean 'rerun'?"),
        new Wrong(
            "run once --backend notebook --wrap-child-logs=maybe -- true",
            "--wrap-child-logs",
            "'maybe'",
            "neither true nor false"),
        new Wrong(
            "run once --backend notebook --wrap-child-logs false -- true",
            "'false'",
            "--switch=false"),
        new Wrong(
            "run once --notebook-pages 11 -- true", "--notebook-pages", "'11'", "from 1 to 10"),
        new Wrong(
            "run once --notebook-patience 2m -- true", "--notebook-patience", "longer than 1m"),
        new Wrong(
            "run once --notebook-token hunter2 -- true",
            "--notebook-token is a secret",
            "BALLOT_NOTEBOOK_TOKEN",
            "notebook.token in a file",
            "--notebook-token-file"),
        new Wrong("run once --notebook-token=hunter2 -- true", "--notebook-token is a secret"),
        new Wrong(
            "run once --notebook-address http://me:hunter2@shelf -- true",
            "--notebook-address",
            "process lists",
            "BALLOT_NOTEBOOK_ADDRESS"),
        new Wrong(
            "run once --backend notebook --election a//b -- true",
            "--election",
            "a//b",
            "empty segment"),
        new Wrong(
            "run once --backend notebook --election a --zookeeper-base-path b -- true",
            "--election",
            "--zookeeper-base-path",
            "contradict"),
        new Wrong(
            "info --candidate-id me",
            "--candidate-id is an option of 'run', 'run cron' and 'run once'",
            "'info'"),
        new Wrong(
            "--candidate-id me info",
            "--candidate-id is an option of 'run', 'run cron' and 'run once'"),
        new Wrong(
            "run once -o json -- true",
            "-o is an option of 'info', 'plugins' and 'run cron'",
            "'run once'"),
        new Wrong(
            "run cron --backend notebook -- true",
            "no schedule",
            "--schedule '0 3 * * *'",
            "@every"),
        new Wrong("run cron --backend notebook --schedule @daily", "no command to run"),
        new Wrong(
            "run cron --backend notebook --schedule @dayly -- true",
            "--schedule",
            "'@dayly'",
            "'@daily'"),
        new Wrong(
            "run cron --schedule @daily --timezone Europe/Berlni --next 1",
            "--timezone",
            "'Europe/Berlni'",
            "'Europe/Berlin'"),
        new Wrong(
            "run cron --backend notebook --schedule @daily --deadline 0s -- true",
            "--deadline",
            "no time at all"),
        new Wrong(
            "run cron --backend notebook --schedule @daily -o json -- true", "-o", "for --next"),
        new Wrong(
            "plugins --plugin-dir no-such-folder",
            "--plugin-dir",
            "no-such-folder",
            "not a folder"),
        new Wrong("info --config no-such-file", "no-such-file", "--config", "does not exist"),
        new Wrong("info --config .", "--config", "is a folder"),
        new Wrong("help wacth", "'wacth'", "'watch'"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void are_told_in_one_line(Wrong wrong) {
    Outcome outcome = run(wrong.line());
    assertThat(outcome.stderr()).startsWith("ballot: ").contains(wrong.parts());
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.stderr()).doesNotContain("hunter2", "Exception");
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.status()).isEqualTo(64);
    assertThat(outcome.request()).isEmpty();
  }

  static Stream<String> later() {
    return Stream.of(
        "run --http 127.0.0.1:8080",
        "watch",
        "resign",
        "resign --to me",
        "doctor",
        "pause",
        "resume",
        "config check",
        "config show",
        "completion bash",
        "run once --slots 3 -- true",
        "run once --priority 5 -- true",
        "run once --preempt -- true",
        "info --history",
        "info --watch",
        "run once --http 127.0.0.1:8080 -- true",
        "help doctor");
  }

  @ParameterizedTest
  @MethodSource("later")
  void what_a_later_version_has_is_recognised_and_refused(String line) {
    Outcome outcome = run(line);
    assertThat(outcome.stderr()).contains("is not in this version");
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.status()).isEqualTo(64);
  }

  @Test
  void a_word_of_control_characters_cannot_forge_a_line() {
    Outcome outcome = new Trial(Main::run, folder).run("info", "x\nballot: all is well\u001b[2J");
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.stderr()).contains("\\n", "\\u001b");
  }

  @Test
  void a_word_that_is_too_long_to_be_shown_is_cut_in_the_middle() {
    Outcome outcome = new Trial(Main::run, folder).run("info", "--output=" + "x".repeat(60_000));
    assertThat(outcome.status()).isEqualTo(64);
    assertThat(outcome.stderr())
        .startsWith("ballot: --output: 'xxx")
        .contains("characters)")
        .endsWith("table\n")
        .hasSizeLessThan(2_500);
  }

  private Outcome run(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ", -1)));
    words.removeIf(String::isEmpty);
    return new Trial(Main::run, folder).run(words);
  }
}

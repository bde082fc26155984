package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.settings.RunOnceSettings;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is read when nobody names one, and when somebody does. */
final class FileSearchTest {

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  private static String idOf(Outcome outcome) {
    return outcome.handedOver().settings().find(RunOnceSettings.CANDIDATE_ID).orElse("none");
  }

  private static Outcome run(Trial trial, String... options) {
    List<String> line = new java.util.ArrayList<>(List.of("run", "once", "--backend", "notebook"));
    line.addAll(List.of(options));
    line.add("true");
    return trial.run(line);
  }

  @Test
  void is_the_first_that_is_there() throws IOException {
    List<String> places =
        List.of(
            "home/.config/ballot/ballot.json",
            "home/.config/ballot/ballot.yaml",
            "etc/ballot.json",
            "etc/ballot.yaml",
            "home/.ballot.yaml",
            "work/ballot.json",
            "work/ballot.yaml");
    Trial trial = trial();
    for (String place : places) {
      trial.file(place, "{\"candidate-id\": \"" + place + "\"}");
    }
    for (String place : places) {
      Outcome outcome = run(trial);
      assertThat(idOf(outcome)).isEqualTo(place);
      assertThat(outcome.stdout()).contains("settings are read from " + folder.resolve(place));
      Files.delete(folder.resolve(place));
    }
    assertThat(idOf(run(trial))).isEqualTo("none");
  }

  @Test
  void is_the_one_that_is_named_by_option_or_variable() {
    Trial trial = trial();
    trial.file("home/.ballot.yaml", "candidate-id: found\n");
    trial.file("work/named.yaml", "candidate-id: named\n");
    assertThat(idOf(run(trial, "--config", "named.yaml"))).isEqualTo("named");
    assertThat(idOf(run(trial, "--config-file", folder.resolve("work/named.yaml").toString())))
        .isEqualTo("named");
    assertThat(idOf(run(trial.with("CONFIG_FILE", "named.yaml")))).isEqualTo("named");
    assertThat(idOf(run(trial().with("BALLOT_CONFIG", "named.yaml")))).isEqualTo("named");
    assertThat(idOf(run(trial().with("BALLOT_CONFIG_FILE", "named.yaml")))).isEqualTo("named");
  }

  @Test
  void has_to_be_there_when_it_is_named_to_us() {
    Outcome option = run(trial(), "--config", "gone.yaml");
    assertThat(option.status()).isEqualTo(64);
    Outcome variable = run(trial().with("BALLOT_CONFIG", "gone.yaml"));
    assertThat(variable.status()).isEqualTo(78);
    assertThat(variable.stderr()).contains("BALLOT_CONFIG in the environment", "does not exist");
  }

  @Test
  void is_searched_with_a_warning_when_another_program_may_have_been_meant() {
    Trial trial = trial().with("CONFIG_FILE", "/gone.yaml");
    trial.file("home/.ballot.yaml", "candidate-id: found\n");
    Outcome outcome = run(trial);
    assertThat(idOf(outcome)).isEqualTo("found");
    assertThat(outcome.stdout()).contains("CONFIG_FILE in the environment is not used");
  }

  @Test
  void may_be_a_pipe() throws IOException, InterruptedException {
    Trial trial = trial();
    Path pipe = folder.resolve("work/pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Files.writeString(pipe, "candidate-id: piped\n");
                  } catch (IOException unwritable) {
                    throw new java.io.UncheckedIOException(unwritable);
                  }
                });
    assertThat(idOf(run(trial, "--config", "pipe"))).isEqualTo("piped");
    writer.join();
  }

  @Test
  void what_cannot_be_a_path_is_refused_where_it_was_said() {
    for (String option : List.of("--config=a\0b", "--plugin-dir=a\0b")) {
      Outcome outcome = trial().run("info", "--backend", "notebook", option);
      assertThat(outcome.status()).isEqualTo(64);
      assertThat(outcome.stderr())
          .contains(option.substring(0, 8), "cannot be the name of a file")
          .hasLineCount(1);
    }
    assertThat(trial().with("BALLOT_CONFIG", "a\0b").run("info").status()).isEqualTo(78);
    Outcome others = trial().with("CONFIG_FILE", "a\0b").run("info", "--backend", "notebook");
    assertThat(others.status()).isZero();
    assertThat(others.stderr()).contains("CONFIG_FILE", "is not used");
  }
}

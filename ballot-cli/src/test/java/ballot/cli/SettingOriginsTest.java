package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Setting;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.RunOnceSettings;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import ballot.engine.core.Rules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a value comes from, which one wins, and what an error about it says. */
final class SettingOriginsTest {

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  private static Outcome runOnce(Trial trial, String... options) {
    List<String> line = new ArrayList<>(List.of("run", "once", "--backend", "notebook"));
    line.addAll(List.of(options));
    line.addAll(List.of("--", "true"));
    return trial.run(line);
  }

  private static Duration stopTimeout(Outcome outcome) {
    return outcome.handedOver().rules().timings().stopTimeout();
  }

  @Test
  void an_option_beats_the_environment_which_beats_the_file_which_beats_the_default() {
    Trial trial = trial();
    assertThat(stopTimeout(runOnce(trial))).hasSeconds(10);

    trial.file("home/.config/ballot/ballot.yaml", "stop-timeout: 20s\n");
    assertThat(stopTimeout(runOnce(trial))).hasSeconds(20);

    trial.with("BALLOT_STOP_TIMEOUT", "30s");
    assertThat(stopTimeout(runOnce(trial))).hasSeconds(30);

    assertThat(stopTimeout(runOnce(trial, "--stop-timeout", "PT40S"))).hasSeconds(40);
  }

  @Test
  void an_error_names_the_place_whose_value_won() {
    Trial trial = trial();
    Path file =
        trial.file("home/.config/ballot/ballot.yaml", "# ours\nstop-timeout: bad-in-file\n");
    Outcome inFile = runOnce(trial);
    assertThat(inFile.status()).isEqualTo(78);
    assertThat(inFile.stderr())
        .contains(file.toString(), "line 2", "stop-timeout", "bad-in-file", "1m30s");

    trial.with("BALLOT_STOP_TIMEOUT", "bad-in-environment");
    Outcome inEnvironment = runOnce(trial);
    assertThat(inEnvironment.status()).isEqualTo(78);
    assertThat(inEnvironment.stderr())
        .contains("BALLOT_STOP_TIMEOUT in the environment", "bad-in-environment")
        .doesNotContain("bad-in-file");

    Outcome inOption = runOnce(trial, "--stop-timeout", "bad-in-option");
    assertThat(inOption.status()).isEqualTo(64);
    assertThat(inOption.stderr())
        .contains("--stop-timeout", "bad-in-option")
        .doesNotContain("bad-in-environment");

    assertThat(stopTimeout(runOnce(trial, "--stop-timeout", "5s"))).hasSeconds(5);
  }

  @Test
  void a_setting_of_a_plugin_is_in_all_four_places_too() {
    Trial trial = trial();
    Path file = trial.file("work/b.yaml", "notebook:\n  address: from-file\n  inks: [red, blue]\n");
    trial.with("BALLOT_NOTEBOOK_PAGES", "7");
    EffectiveSettings settings =
        runOnce(trial, "--notebook-patience=5s", "--config", file.toString())
            .handedOver()
            .settings();
    Map<String, String> seen =
        settings.all().stream()
            .filter(one -> one.setting().name().startsWith("notebook."))
            .collect(
                Collectors.toMap(
                    one -> one.setting().name(),
                    one -> one.text().orElse("-") + " from " + one.origin().describe(),
                    (one, other) -> one,
                    TreeMap::new));
    assertThat(seen)
        .containsEntry("notebook.address", "from-file from " + file + ", line 2")
        .containsEntry("notebook.inks", "red,blue from " + file + ", line 3")
        .containsEntry("notebook.pages", "7 from BALLOT_NOTEBOOK_PAGES in the environment")
        .containsEntry("notebook.patience", "5s from --notebook-patience")
        .containsEntry("notebook.locked", "false from the default")
        .containsEntry("notebook.token", "- from the default");
  }

  @Test
  void secrets_are_masked_when_settings_are_shown() {
    EffectiveSettings settings =
        runOnce(trial().with("NOTEBOOK_TOKEN", "hunter2")).handedOver().settings();
    assertThat(settings.all().toString()).doesNotContain("hunter2").contains("***");
    assertThat(settings.find(Setting.text("notebook.token", ""))).contains("hunter2");
  }

  @Test
  void options_stand_before_between_and_after_the_words() {
    for (String line :
        List.of(
            "--backend notebook --candidate-id me run once -- true",
            "run --backend=notebook --candidate-id=me once true",
            "run once --candidate-id me --backend notebook true",
            "--backend notebook run --candidate-id me once -- true")) {
      Outcome outcome = trial().run(List.of(line.split(" ", -1)));
      assertThat(outcome.handedOver().candidate().id()).as(line).isEqualTo("me");
      assertThat(outcome.handedOver().command()).as(line).containsExactly("true");
    }
  }

  @Test
  void what_follows_the_command_is_the_commands() {
    assertThat(
            trial()
                .run("run", "once", "--backend", "notebook", "env", "--backend", "x", "--", "-h")
                .handedOver()
                .command())
        .containsExactly("env", "--backend", "x", "--", "-h");
    assertThat(
            trial()
                .run("run", "once", "--backend", "notebook", "--", "--help", "--version")
                .handedOver()
                .command())
        .containsExactly("--help", "--version");
  }

  @Test
  void lists_repeat_or_take_commas_and_the_last_of_other_options_wins() {
    EffectiveSettings settings =
        runOnce(
                trial(),
                "--notebook-inks=red,blue",
                "--notebook-inks",
                "green",
                "--log-level=warn",
                "--log-level=debug")
            .handedOver()
            .settings();
    assertThat(settings.find(Setting.list("notebook.inks", "")))
        .contains(List.of("red", "blue", "green"));
    assertThat(settings.get(GeneralSettings.LOG_LEVEL)).isEqualTo("debug");
  }

  @Test
  void switches_take_no_value_or_one_after_an_equals_sign() {
    assertThat(runOnce(trial()).handedOver().wrapsOutput()).isTrue();
    assertThat(runOnce(trial(), "--wrap-child-logs=false").handedOver().wrapsOutput()).isFalse();
    assertThat(runOnce(trial(), "--wrap-child-logs").handedOver().wrapsOutput()).isTrue();
    assertThat(runOnce(trial(), "--wrap-child-logs=no").handedOver().wrapsOutput()).isFalse();
  }

  @Test
  void the_names_of_the_succeeded_systems_are_read_without_a_prefix() {
    Outcome outcome =
        runOnce(
            trial()
                .with("CANDIDATE_ID", "me")
                .with("ON_CHILD_SUCCESS", "exit")
                .with("ON_CHILD_ERROR", "rerun")
                .with("ON_ELECTION_FAILURE", "run-anyway")
                .with("WRAP_CHILD_LOGS", "false")
                .with("LOG_LEVEL", "warn")
                .with("LOG_FORMAT", "json")
                .with("DEBUG", "true")
                .with("SCHEDULE", "@daily")
                .with("ZOOKEEPER_BASE_PATH", "/com/scality/backbeat/singleton"));
    Rules rules = outcome.handedOver().rules();
    assertThat(outcome.handedOver().candidate().id()).isEqualTo("me");
    assertThat(rules.onSuccess()).isEqualTo(Rules.Reaction.EXIT);
    assertThat(rules.onError()).isEqualTo(Rules.Reaction.RERUN);
    assertThat(rules.onElectionFailure()).isEqualTo(Rules.ElectionFailure.RUN_ANYWAY);
    assertThat(outcome.handedOver().wrapsOutput()).isFalse();
    assertThat(outcome.handedOver().election().path()).isEqualTo("com/scality/backbeat/singleton");
    assertThat(outcome.handedOver().settings().get(GeneralSettings.LOG_LEVEL)).isEqualTo("warn");
    assertThat(outcome.handedOver().settings().get(GeneralSettings.DEBUG)).isTrue();
  }

  @Test
  void our_own_variable_goes_before_the_one_without_a_prefix() {
    Outcome outcome =
        runOnce(trial().with("BALLOT_CANDIDATE_ID", "ours").with("CANDIDATE_ID", "theirs"));
    assertThat(outcome.handedOver().candidate().id()).isEqualTo("ours");
  }

  @Test
  void an_unreadable_variable_without_a_prefix_is_a_warning_and_the_file_counts() {
    Trial trial =
        trial().with("DEBUG", "*").with("LOG_LEVEL", "chatty").with("ON_CHILD_ERROR", "x");
    trial.file("work/ballot.yaml", "log-level: warn\n");
    Outcome outcome = runOnce(trial);
    assertThat(outcome.handedOver().settings().get(GeneralSettings.LOG_LEVEL)).isEqualTo("warn");
    assertThat(outcome.stdout())
        .contains("DEBUG in the environment is not used: '*' is neither true nor false")
        .contains("LOG_LEVEL in the environment is not used: 'chatty' is not one of trace,")
        .contains("ON_CHILD_ERROR in the environment is not used");
  }

  @Test
  void an_unreadable_variable_of_a_backends_own_is_refused_when_that_backend_is_chosen() {
    Trial trial = trial().with("NOTEBOOK_PAGES", "many");
    Outcome outcome = runOnce(trial);
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("NOTEBOOK_PAGES in the environment", "from 1 to 10");
    assertThat(trial.run("run", "once", "--backend", "local", "true").status()).isZero();
  }

  @Test
  void a_variable_of_ours_that_names_no_setting_is_a_warning_with_the_nearest() {
    Outcome outcome =
        runOnce(
            trial()
                .with("BALLOT_LOG_LEVLE", "debug")
                .with("BALLOT_ELECTION_ENABLED", "x")
                .with("BALLOT_RUN_LEADER", "true")
                .with("BALLOT_RUN_ANYTHING", "x")
                .with("BALLOT_JAVA_OPTS", "-Xmx64m")
                .with("BALLOT_JAVA_OPTIONS", "-Xmx64m")
                .with("BALLOT_WAS_LC_ALL", "C"));
    assertThat(outcome.status()).isZero();
    assertThat(outcome.stdout())
        .contains("BALLOT_LOG_LEVLE in the environment names no setting")
        .contains("did you mean 'BALLOT_LOG_LEVEL'?")
        .contains("BALLOT_ELECTION_ENABLED in the environment is not used")
        .contains("BALLOT_JAVA_OPTIONS in the environment names no setting")
        .doesNotContain("BALLOT_RUN_", "BALLOT_JAVA_OPTS", "BALLOT_WAS_");
  }

  @Test
  void a_misspelled_variable_is_told_beside_the_error_that_it_caused() {
    Outcome outcome = trial().with("BALLOT_BACKND", "notebook").run("run", "once", "true");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("warning: BALLOT_BACKND", "'BALLOT_BACKEND'");
  }

  @Test
  void two_variables_of_one_setting_that_contradict_each_other_are_refused() {
    Trial trial = trial().with("BALLOT_ELECTION", "one").with("BALLOT_ELECTION_PATH", "two");
    Outcome outcome = runOnce(trial);
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("BALLOT_ELECTION", "BALLOT_ELECTION_PATH", "contradict");
    assertThat(runOnce(trial.with("BALLOT_ELECTION", "two")).status()).isZero();
  }

  @Test
  void an_empty_variable_is_unset() {
    Outcome outcome = runOnce(trial().with("BALLOT_STOP_TIMEOUT", "").with("LOG_LEVEL", ""));
    assertThat(stopTimeout(outcome)).hasSeconds(10);
    assertThat(outcome.stdout()).isEmpty();
  }

  @Test
  void the_defaults_are_those_that_are_documented() {
    Outcome outcome = runOnce(trial());
    Rules rules = outcome.handedOver().rules();
    assertThat(rules.onSuccess()).isEqualTo(Rules.Reaction.REELECT);
    assertThat(rules.onError()).isEqualTo(Rules.Reaction.REELECT);
    assertThat(rules.onElectionFailure()).isEqualTo(Rules.ElectionFailure.RETRY);
    assertThat(rules.onLeaseLoss()).isEqualTo(Rules.LeaseLoss.TERMINATE);
    assertThat(rules.longestWait()).isEmpty();
    assertThat(rules.timings().rerunDelay()).hasSeconds(1);
    assertThat(outcome.handedOver().election().path()).isEqualTo("ballot/election");
    assertThat(outcome.handedOver().candidate().id())
        .endsWith("-" + ProcessHandle.current().pid())
        .startsWith(outcome.handedOver().candidate().host());
    assertThat(outcome.handedOver().settings().find(RunOnceSettings.CANDIDATE_ID)).isEmpty();
    assertThat(runOnce(trial(), "--wait", "0s").handedOver().rules().longestWait())
        .isEqualTo(Optional.of(Duration.ZERO));
  }

  @Test
  void the_command_does_not_see_our_secrets() {
    Outcome outcome =
        runOnce(
            trial()
                .with("NOTEBOOK_TOKEN", "one-secret")
                .with("BALLOT_NOTEBOOK_TOKEN", "another-secret")
                .with("NOTEBOOK_ADDR", "http://me:third-secret@shelf")
                .with("PATH", "/bin"));
    assertThat(outcome.handedOver().environment()).containsOnlyKeys("PATH");
  }
}

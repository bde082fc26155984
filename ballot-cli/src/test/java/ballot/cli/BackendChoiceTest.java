package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backend is meant when nobody names one: never one that was not asked for. */
final class BackendChoiceTest {

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  private static String chosen(Outcome outcome) {
    return outcome.handedOver().backend().name();
  }

  @Test
  void is_the_one_that_is_named_wherever_it_is_named() {
    assertThat(chosen(trial().run("run", "once", "--backend", "Notebook", "true")))
        .isEqualTo("notebook");
    assertThat(chosen(trial().with("BALLOT_BACKEND", "local").run("run", "once", "true")))
        .isEqualTo("local");
    Trial trial = trial();
    trial.file("work/ballot.json", "{\"backend\": \"notebook\", \"local-dir\": \"/tmp/x\"}");
    assertThat(chosen(trial.run("run", "once", "true"))).isEqualTo("notebook");
  }

  @Test
  void is_the_one_of_which_a_setting_is_given_as_option_variable_of_ours_or_key() {
    assertThat(chosen(trial().run("run", "once", "--notebook-pages", "3", "true")))
        .isEqualTo("notebook");
    assertThat(chosen(trial().with("BALLOT_NOTEBOOK_PAGES", "3").run("run", "once", "true")))
        .isEqualTo("notebook");
    Trial trial = trial();
    trial.file("work/ballot.yaml", "notebook: {pages: 3}\n");
    assertThat(chosen(trial.run("run", "once", "true"))).isEqualTo("notebook");
  }

  @Test
  void is_not_chosen_by_a_variable_that_the_shell_has_for_other_programs() {
    Outcome outcome = trial().with("NOTEBOOK_ADDR", "shelf").run("run", "once", "true");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr())
        .contains("no backend is chosen", "--backend local", "--backend notebook")
        .contains("--local-dir", "--notebook-address shelf");
  }

  @Test
  void is_not_guessed_among_two() {
    Outcome outcome =
        trial()
            .with("BALLOT_NOTEBOOK_PAGES", "3")
            .run("run", "once", "--local-dir", folder.toString(), "true");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.stderr())
        .contains("local because of local-dir (--local-dir)")
        .contains("notebook because of notebook.pages (BALLOT_NOTEBOOK_PAGES in the environment)")
        .contains("--backend");
  }

  @Test
  void is_not_one_that_only_an_empty_value_points_to() {
    Trial trial = trial();
    trial.file("work/ballot.yaml", "notebook:\n  pages:\n");
    assertThat(trial.run("info").status()).isEqualTo(78);
  }

  @Test
  void is_zookeeper_when_only_its_settings_are_given() {
    Trial trial = trial();
    trial.file("work/ballot.yaml", "---\nzookeeper-servers:\n- server1\n- 'server3:2181'\n");
    assertThat(trial.run("run", "once", "true").handedOver().backend().name())
        .isEqualTo("zookeeper");

    Outcome option = trial().run("run", "once", "--zookeeper-base-path", "/a", "true");
    assertThat(option.handedOver().backend().name()).isEqualTo("zookeeper");
  }

  @Test
  void is_zookeeper_by_a_variable_of_scality() {
    Outcome variable = trial().with("ZOOKEEPER_SERVERS", "a,b:2181").run("run", "once", "true");
    assertThat(variable.handedOver().backend().name()).isEqualTo("zookeeper");
  }
}

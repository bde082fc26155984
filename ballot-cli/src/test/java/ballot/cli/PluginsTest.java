package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Setting;
import ballot.cli.testing.PluginJar;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars in a plugin folder: what they bring, and what broken ones cannot take away. */
final class PluginsTest {

  @TempDir private Path folder;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectories(folder.resolve("plugins"));
  }

  private Trial trial() {
    return new Trial(Main::run, folder);
  }

  @Test
  void a_jar_brings_a_backend_and_its_settings_to_all_places() throws IOException {
    PluginJar.named("abacus").withSetting("abacus.beads").writeTo(plugins.resolve("abacus.jar"));
    Trial trial = trial().withPlugins(plugins);

    Outcome option = trial.run("run", "once", "--abacus-beads", "ten", "true");
    assertThat(option.handedOver().backend().name()).isEqualTo("abacus");
    assertThat(option.handedOver().settings().find(Setting.text("abacus.beads", "")))
        .contains("ten");
    assertThat(trial.run("run", "once", "--help").stdout())
        .contains("Of backend abacus:", "--abacus-beads");

    Path file = trial.file("work/b.yaml", "abacus: {beads: nine}\n");
    Outcome inFile = trial.run("run", "once", "--config", file.toString(), "true");
    assertThat(inFile.handedOver().settings().find(Setting.text("abacus.beads", "")))
        .contains("nine");

    Outcome variable = trial.with("BALLOT_ABACUS_BEADS", "eight").run("run", "once", "true");
    assertThat(variable.handedOver().backend().name()).isEqualTo("abacus");
  }

  @Test
  void a_folder_is_named_by_option_variable_or_file() throws IOException {
    PluginJar.named("abacus").writeTo(plugins.resolve("abacus.jar"));
    String path = plugins.toString();
    assertThat(trial().run("plugins", "--plugin-dir", path).stdout()).contains("abacus");
    assertThat(trial().run("--plugin-dir=" + path, "plugins").stdout()).contains("abacus");
    assertThat(trial().with("BALLOT_PLUGIN_DIR", path).run("plugins").stdout()).contains("abacus");
    Trial trial = trial().with("PLUGINS", path);
    trial.file("work/ballot.yaml", "plugin-dir: ['${PLUGINS}']\n");
    assertThat(trial.run("plugins").stdout()).contains("abacus");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(
            trial().withPlugins(plugins).run("plugins", "--plugin-dir", empty.toString()).stdout())
        .doesNotContain("abacus");
  }

  @Test
  void the_folder_has_to_stand_before_the_options_that_its_plugins_bring() throws IOException {
    PluginJar.named("abacus").withSetting("abacus.beads").writeTo(plugins.resolve("abacus.jar"));
    String path = plugins.toString();
    assertThat(
            trial()
                .run("run", "once", "--plugin-dir", path, "--abacus-beads", "ten", "true")
                .status())
        .isZero();
    Outcome late =
        trial().run("run", "once", "--abacus-beads", "ten", "--plugin-dir", path, "true");
    assertThat(late.status()).isEqualTo(64);
    assertThat(late.stderr().lines()).hasSize(1);
    assertThat(late.stderr()).contains("--abacus-beads");
  }

  @Test
  void what_was_found_is_shown_with_version_and_origin() throws IOException {
    Path jar = plugins.resolve("abacus.jar");
    PluginJar.named("abacus").withVersion("1.2.3").writeTo(jar);
    Trial trial = trial().withPlugins(plugins);
    assertThat(trial.run("plugins").stdout())
        .contains("KIND", "NAME", "VERSION", "ORIGIN", "backend  local")
        .containsPattern("backend +abacus +1\\.2\\.3 +");
    JsonNode json = new ObjectMapper().readTree(trial.run("plugins", "-o", "json").stdout());
    assertThat(json.get("backends").findValuesAsText("name"))
        .contains("local", "notebook", "abacus");
    JsonNode abacus = json.get("backends").get(json.get("backends").size() - 1);
    assertThat(abacus.get("version").asText()).isEqualTo("1.2.3");
    assertThat(abacus.get("origin").asText()).isEqualTo(jar.toString());
    assertThat(abacus.get("summary").asText()).isEqualTo("counts");
    assertThat(json.has("problems")).isFalse();
    assertThat(trial.run("plugins", "-o", "yaml").stdout()).startsWith("backends:\n  - name: ");
  }

  @Test
  void a_broken_jar_is_told_of_and_takes_nothing_with_it() throws IOException {
    PluginJar.named("abacus").writeTo(plugins.resolve("zz-good.jar"));
    Files.writeString(plugins.resolve("a-no-archive.jar"), "this is no archive");
    PluginJar.named("empty").withoutService().writeTo(plugins.resolve("b-no-service.jar"));
    PluginJar.named("gone").withoutClass().writeTo(plugins.resolve("c-no-class.jar"));
    PluginJar.named("torn")
        .withFault("throw new IllegalStateException(\"torn\");")
        .writeTo(plugins.resolve("d-throws.jar"));
    PluginJar.named("deep")
        .withFault("new java.util.ArrayList<String>(-1);")
        .writeTo(plugins.resolve("e-throws.jar"));
    Files.writeString(plugins.resolve("README.txt"), "not a jar");
    Outcome outcome = trial().withPlugins(plugins).run("plugins");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.stdout())
        .containsPattern("backend +abacus")
        .contains("a-no-archive.jar: cannot be read")
        .contains("b-no-service.jar: names neither ballot.api.ElectionBackend nor ")
        .contains("c-no-class.jar: ")
        .contains("d-throws.jar: torn")
        .contains("e-throws.jar: ")
        .doesNotContain("README");
    Outcome run = trial().withPlugins(plugins).run("run", "once", "--backend", "abacus", "true");
    assertThat(run.status()).isZero();
    assertThat(run.stdout()).contains("WARN", "d-throws.jar: torn");
  }

  @Test
  void of_two_backends_of_one_name_the_first_is_used_and_the_other_told_of() throws IOException {
    PluginJar.named("local").writeTo(plugins.resolve("local.jar"));
    PluginJar.named("abacus").writeTo(plugins.resolve("one.jar"));
    PluginJar.named("abacus").writeTo(plugins.resolve("two.jar"));
    assertThat(trial().withPlugins(plugins).run("plugins").stdout())
        .contains("problem: backend local of " + plugins.resolve("local.jar") + " is not used")
        .contains("problem: backend abacus of " + plugins.resolve("two.jar") + " is not used");
  }

  @Test
  void a_backend_whose_setting_has_a_name_that_is_taken_cannot_be_chosen() throws IOException {
    PluginJar.named("abacus").withSetting("log.level").writeTo(plugins.resolve("abacus.jar"));
    Trial trial = trial().withPlugins(plugins);
    assertThat(trial.run("plugins").stdout())
        .contains(
            "problem: setting log.level of backend abacus has the name of log-level of ballot");
    Outcome outcome = trial.run("run", "once", "--backend", "abacus", "true");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("backend abacus cannot be used", "log-level");
    assertThat(trial.run("run", "once", "--backend", "notebook", "true").status()).isZero();
  }
}

package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Setting;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.RunOnceSettings;
import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file may say, and what it is told when it says something else. */
final class SettingsFileTest {

  @TempDir private Path folder;

  private Trial trial() {
    return new Trial(Main::run, folder).with("HOST", "host-7").with("EMPTY", "");
  }

  private Outcome load(String name, String text) {
    Trial trial = trial();
    trial.file("work/" + name, text);
    return trial.run("run", "once", "--backend=notebook", "--config", name, "true");
  }

  private EffectiveSettings settings(String text) {
    return load("b.yaml", text).handedOver().settings();
  }

  /** A file and what its error has to say. */
  record Wrong(String text, int line, String... parts) {
    @Override
    public String toString() {
      return text.replace("\n", "⏎");
    }
  }

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong(
            "log-level: info\nlog-fromat: json\n", 2, "unknown key 'log-fromat'", "'log-format'"),
        new Wrong(
            "notebook:\n  adress: x\n",
            2,
            "'notebook.adress'",
            "'notebook.address'",
            "'notebook' takes address, token, token-file, pages"),
        new Wrong("frobnicate: 1\n", 1, "unknown key 'frobnicate'", "'ballot help run once'"),
        new Wrong("consl: {address: x}\n", 1, "'consl.address'"),
        new Wrong("notebook: shelf\n", 1, "'notebook' is a section: it takes address"),
        new Wrong("log-level: {is: debug}\n", 1, "'log-level' takes a value, not a section"),
        new Wrong("log-level: [debug]\n", 1, "log-level: takes one value, not a list"),
        new Wrong("notebook: {inks: [[red]]}\n", 1, "notebook.inks: takes no list of lists"),
        new Wrong("log-level: loud\n", 1, "log-level: 'loud' is not one of", "trace, debug"),
        new Wrong("\n\nstop-timeout: 10 parsecs\n", 3, "stop-timeout: '10 parsecs'", "1m30s"),
        new Wrong("notebook:\n  pages: 12\n", 2, "notebook.pages", "from 1 to 10"),
        new Wrong(
            "log-level: info\nLOG_LEVEL: debug\n",
            2,
            "LOG_LEVEL is set twice",
            "line 1",
            "'log-level'"),
        new Wrong(
            "notebook.pages: 1\nnotebook:\n  pages: 2\n",
            3,
            "set twice",
            "line 1",
            "'notebook.pages'"),
        new Wrong(
            "election: a\nzookeeper-base-path: /b\n",
            2,
            "zookeeper-base-path is set twice",
            "'election'"),
        new Wrong("election: a\nelection.path: a\n", 2, "set twice"),
        new Wrong("election:\n  path: a\n  enabled: [x]\nzookeeper_base_path: a\n", 4, "set twice"),
        new Wrong("a: &a [*a]\n", 1, "'*a' refers to an anchor"),
        new Wrong("log-level: *nobody\n", 1, "nobody"),
        new Wrong("log-level: info\n---\nlog-level: debug\n", 3, "a second document"),
        new Wrong("- log-level\n", 1, "holds a list", "'key: value'"),
        new Wrong("just words\n", 1, "holds plain text", "'key: value'"),
        new Wrong("notebook:\n\tpages: 1\n", 2, "cannot be read", "\\t"),
        new Wrong("log-level: 'info\n", 2, "cannot be read"),
        new Wrong(
            "log-level: info: debug\n", 1, "cannot be read", "mapping values are not allowed"),
        new Wrong("? [a, b]\n: c\n", 1, "cannot be read"),
        new Wrong("candidate-id: ${NOBODY}\n", 1, "${NOBODY} is not set", "${NOBODY:-default}"),
        new Wrong("candidate-id: \"${1}\"\n", 1, "'${' begins no variable"),
        new Wrong("config: other.yaml\n", 1, "config cannot be set in a file"),
        new Wrong("slots: 3\n", 1, "slots is not in this version"),
        new Wrong("http: 127.0.0.1:80\n", 1, "http is not in this version"),
        new Wrong(
            "election:\n  services:\n    web:\n      primarytga: x\n",
            4,
            "'election.services.web.primarytga'",
            "'primaryTag'",
            "serviceChecks",
            "register"),
        new Wrong(
            "election:\n  services:\n    web:\n      ttl: soon\n",
            4,
            "election.services.web.ttl",
            "'soon'"),
        new Wrong(
            "election:\n  services: [web]\n",
            2,
            "election.services takes a section for each service"),
        new Wrong(
            "election:\n  services:\n    web: x\n", 3, "election.services.web takes a section"),
        new Wrong(
            "election:\n  services:\n    web:\n      id: a\n      ID: b\n",
            5,
            "ID is set twice",
            "line 4"),
        new Wrong(
            "election:\n  services:\n    web: {id: '${NOBODY}'}\n", 3, "${NOBODY} is not set"),
        new Wrong("plugin-dir: /no/such/folder\n", 1, "/no/such/folder is not a folder"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void is_told_what_is_wrong_with_it_in_one_line(Wrong wrong) {
    Outcome outcome = load("b.yaml", wrong.text());
    assertThat(outcome.stderr())
        .startsWith("ballot: ")
        .contains(folder.resolve("work/b.yaml") + ", line " + wrong.line())
        .contains(wrong.parts());
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.stdout()).isEmpty();
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.request()).isEmpty();
  }

  static Stream<Wrong> wrongJson() {
    return Stream.of(
        new Wrong("{\"log-level\": \"info\",}", 1, "cannot be read"),
        new Wrong("{\"log-level\": hunter2}", 1, "cannot be read", "without quotes"),
        new Wrong("{\n\"log-level\": \"info\"\n", 3, "cannot be read"),
        new Wrong("[]", 1, "holds a list"),
        new Wrong("{} {}", 1, "a second document"),
        new Wrong("{\n \"stop-timeout\": 10\n}", 2, "stop-timeout: '10' is not a duration"));
  }

  @ParameterizedTest
  @MethodSource("wrongJson")
  void json_is_told_as_well(Wrong wrong) {
    Outcome outcome = load("b.json", wrong.text());
    assertThat(outcome.stderr())
        .contains("b.json, line " + wrong.line())
        .contains(wrong.parts())
        .doesNotContain("hunter2");
    assertThat(outcome.stderr().lines()).hasSize(1);
    assertThat(outcome.status()).isEqualTo(78);
  }

  @Test
  void keys_ignore_case_and_may_be_nested_dotted_or_dashed() {
    for (String text :
        List.of(
            "notebook:\n  token-file: /f\n",
            "Notebook.Token-File: /f\n",
            "NOTEBOOK_TOKEN_FILE: /f\n",
            "notebook-token-file: /f\n",
            "notebook: {token: {file: /f}}\n")) {
      assertThat(settings(text).find(Setting.path("notebook.token-file", "")))
          .as(text)
          .contains(Path.of("/f"));
    }
    assertThat(settings("log: {level: warn}\n").get(GeneralSettings.LOG_LEVEL)).isEqualTo("warn");
  }

  @Test
  void values_are_read_as_they_are_written() {
    EffectiveSettings settings =
        settings(
            "candidate-id: 0123\nstop-timeout: \"PT5S\"\ndebug: yes\n"
                + "notebook:\n  inks:\n    - red\n    - 'blue,green'\n  pages: 1_0\n"
                    .replace("1_0", "10"));
    assertThat(settings.find(RunOnceSettings.CANDIDATE_ID)).contains("0123");
    assertThat(settings.get(RunOnceSettings.STOP_TIMEOUT)).hasSeconds(5);
    assertThat(settings.get(GeneralSettings.DEBUG)).isTrue();
    assertThat(settings.find(Setting.list("notebook.inks", "")))
        .contains(List.of("red", "blue", "green"));
  }

  @Test
  void empty_values_and_sections_mean_unset() {
    EffectiveSettings settings =
        settings("candidate-id:\nlog-level: ''\nstop-timeout: ~\nnotebook:\nelection: {}\n");
    assertThat(settings.find(RunOnceSettings.CANDIDATE_ID)).isEmpty();
    assertThat(settings.isGiven(GeneralSettings.LOG_LEVEL)).isFalse();
    assertThat(settings.get(RunOnceSettings.STOP_TIMEOUT)).hasSeconds(10);
  }

  @Test
  void variables_are_filled_in() {
    assertThat(candidate("\"${HOST}\"")).isEqualTo("host-7");
    assertThat(candidate("a-${HOST}-b-${HOST}")).isEqualTo("a-host-7-b-host-7");
    assertThat(candidate("${NOBODY:-some default}")).isEqualTo("some default");
    assertThat(candidate("${EMPTY:-fallback}")).isEqualTo("fallback");
    assertThat(candidate("x${NOBODY:-}y")).isEqualTo("xy");
    assertThat(candidate("$HOST and $${HOST} and $5")).isEqualTo("$HOST and ${HOST} and $5");
    assertThat(settings("candidate-id: ${EMPTY}\n").find(RunOnceSettings.CANDIDATE_ID)).isEmpty();
  }

  private String candidate(String text) {
    return settings("candidate-id: " + text + "\n")
        .find(RunOnceSettings.CANDIDATE_ID)
        .orElse("none");
  }

  @Test
  void hooks_keep_their_variables_for_the_hooks_environment() {
    Outcome outcome =
        load(
            "b.yaml",
            "election:\n  services:\n    web:\n      execOnPromote: 'echo ${ADDRESS}'\n"
                + "      execOnDemote: 'echo ${PORT'\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void anchors_and_merges_work_and_bombs_are_refused() {
    assertThat(
            load(
                    "b.yaml",
                    """
                    election:
                      services:
                        one: &usual
                          id: one
                          ttl: 10s
                        two:
                          <<: *usual
                          id: two
                    """)
                .status())
        .isZero();
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i,
                  i,
                  String.join(
                      ", ",
                      List.of(
                          before, before, before, before, before, before, before, before,
                          before))));
    }
    Outcome outcome = load("b.yaml", bomb.toString());
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("holds more than 20000 values");
  }

  @Test
  void deep_nesting_is_refused() {
    Outcome outcome = load("b.yaml", "a: " + "[".repeat(5_000) + "]".repeat(5_000));
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("nested deeper");
  }

  @Test
  void a_file_of_comments_or_of_nothing_has_no_settings() {
    for (String text :
        List.of("", "\n\n", "# log-level: debug\n", "---\n", "---\n...\n", "{}", "\ufeff")) {
      assertThat(load("b.yaml", text).status()).as(text).isZero();
    }
    assertThat(load("b.json", "").status()).isZero();
  }

  @Test
  void a_byte_order_mark_is_no_part_of_a_key() {
    assertThat(load("b.yaml", "\ufefflog-level: warn\n").status()).isZero();
    assertThat(load("b.json", "\ufeff{\"log-level\": \"warn\"}").status()).isZero();
  }

  static Stream<Charset> encodings() {
    return Stream.of(
        StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void an_encoding_that_is_not_utf_8_is_named(Charset encoding) {
    Trial trial = trial();
    String mark = encoding.equals(StandardCharsets.UTF_16LE) ? "\ufeff" : "";
    trial.file("work/b.yaml", (mark + "candidate-id: ä\n").getBytes(encoding));
    Outcome outcome = trial.run("info", "--config", "b.yaml");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("b.yaml", "UTF-8");
  }

  @Test
  void a_file_that_is_too_large_is_not_read() {
    Outcome outcome = load("b.yaml", "#".repeat(1 << 20) + "\n");
    assertThat(outcome.status()).isEqualTo(78);
    assertThat(outcome.stderr()).contains("larger than 1 MiB");
  }

  @Test
  void no_error_shows_a_part_of_the_file_that_could_be_a_secret() {
    for (String text :
        List.of(
            "notebook:\n  token: hunter2\n\tpages: 1\n",
            "notebook: {token: hunter2\n",
            "notebook:\n  token: 'hunter2\n",
            "notebook:\n  token: hunter2: x\n",
            "notebook:\n  token: [hunter2]\n",
            "notebook:\n  tokn: hunter2\n",
            "notebook:\n  token: hunter2\n  token: hunter3\n",
            "election:\n  services:\n    web:\n      token: [hunter2]\n",
            "election:\n  services:\n    web:\n      toke: hunter2\n")) {
      Outcome outcome = load("b.yaml", text);
      assertThat(outcome.status()).as(text).isEqualTo(78);
      assertThat(outcome.stderr()).as(text).doesNotContain("hunter");
    }
  }
}

package ballot.cli.settings;

import ballot.api.ElectionName;
import ballot.api.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every command takes, and what those take that report. */
public final class GeneralSettings {

  /** Which kind of store. */
  public static final Setting<String> BACKEND =
      Setting.text(
          "backend",
          "The kind of store that holds the election. Not given, it is the one of which a setting"
              + " is given.");

  /** Which election. */
  public static final Setting<String> ELECTION =
      Setting.text(
              "election.path",
              "Which election: the Consul key, the znode, the folder. Candidates meet when they"
                  + " name the same one.")
          .withDefault("ballot/election")
          .withVariables("ZOOKEEPER_BASE_PATH")
          .withCheck(GeneralSettings::complaintAboutElection);

  /** Which file. */
  public static final Setting<Path> CONFIG =
      Setting.path(
              "config", "The file of settings to read, YAML or JSON, instead of searching one.")
          .withVariables("CONFIG_FILE");

  /** Where the log goes. */
  public static final Setting<String> LOG_OUTPUT =
      Setting.choice(
          "log-output",
          List.of("stdout", "stderr"),
          "Where the log goes: stdout for 'run' commands, stderr for the others and beside a"
              + " command that has our stdout.");

  /** How much is logged. */
  public static final Setting<String> LOG_LEVEL =
      Setting.choice(
              "log-level",
              List.of("trace", "debug", "info", "warn", "error", "fatal", "panic"),
              "The least that is logged.")
          .withDefault("info")
          .withVariables("LOG_LEVEL", "CONSUL_LEADER_LOG_LEVEL");

  /** How it is logged. */
  public static final Setting<String> LOG_FORMAT =
      Setting.choice(
              "log-format",
              List.of("human", "json", "raw"),
              "How it is logged: for people, one JSON object a line, or key=value.")
          .withDefault("human")
          .withVariables("LOG_FORMAT");

  /** Whether somebody looks closely. */
  public static final Setting<Boolean> DEBUG =
      Setting.onOff(
              "debug", "Log at level debug unless told otherwise, and show where faults come from.")
          .withDefault("false")
          .withVariables("DEBUG");

  /** Where plugins are. */
  public static final Setting<List<String>> PLUGIN_DIR =
      Setting.list(
          "plugin-dir",
          "Folders of plugin jars, instead of plugins/ beside lib/ and the user's own.");

  /** How a report is printed. */
  public static final Setting<String> OUTPUT =
      Setting.choice("output", List.of("yaml", "json", "table"), "How the report is printed.");

  /** Whether the status tells that nobody leads. */
  public static final Setting<Boolean> EXIT_CODE =
      Setting.onOff("exit-code", "End with status 3 when nobody leads.").withDefault("false");

  private GeneralSettings() {}

  static List<KnownSetting> all() {
    Scope general = new Scope.General();
    return List.of(
        KnownSetting.of(BACKEND, general),
        KnownSetting.of(ELECTION, general, "election", "zookeeper-base-path"),
        KnownSetting.of(CONFIG, general, "config-file"),
        KnownSetting.of(LOG_LEVEL, general),
        KnownSetting.of(LOG_FORMAT, general),
        KnownSetting.of(LOG_OUTPUT, general),
        KnownSetting.of(DEBUG, general),
        KnownSetting.of(PLUGIN_DIR, general),
        KnownSetting.of(
            OUTPUT, new Scope.Commands(Set.of("info", "plugins", "run cron")), "output-format"),
        KnownSetting.of(EXIT_CODE, new Scope.Commands(Set.of("info"))));
  }

  private static Optional<String> complaintAboutElection(String path) {
    try {
      ElectionName unused = new ElectionName(path);
      return Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.of("'" + path + "': " + wrong.getMessage());
    }
  }
}

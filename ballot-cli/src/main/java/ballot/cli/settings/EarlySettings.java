package ballot.cli.settings;

import ballot.api.Setting;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.FileEntry;
import ballot.cli.settings.file.Interpolation;
import ballot.cli.settings.file.SettingsFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The two settings that say where others come from: they are read before all is known. */
public final class EarlySettings {

  private static final String VARIABLE_OF_OTHERS = "CONFIG_FILE";

  private final Catalogue catalogue;
  private final Map<String, String> environment;
  private final Map<String, Given> options;

  /** From these options and this environment. */
  public EarlySettings(
      Catalogue catalogue, Map<String, String> environment, Map<String, Given> options) {
    this.catalogue = catalogue;
    this.environment = environment;
    this.options = options;
  }

  /** Which file to read, if somebody named one. */
  public Optional<Given> config() {
    return given(GeneralSettings.CONFIG);
  }

  /** Whether the name of the file may well have been meant for another program. */
  public static boolean isMeantForOthers(Given config) {
    return config.origin() instanceof Origin.Variable variable
        && variable.variable().equals(VARIABLE_OF_OTHERS);
  }

  /** The status to end with when what was named cannot be used. */
  public static ExitCode faultOf(Given given) {
    return given.origin() instanceof Origin.Option ? ExitCode.USAGE : ExitCode.CONFIGURATION;
  }

  /** The folders of plugins, if somebody named some. */
  public Optional<Given> pluginFolders(Optional<SettingsFile> file) {
    return given(GeneralSettings.PLUGIN_DIR).or(() -> file.flatMap(this::inFile));
  }

  private Optional<Given> given(Setting<?> setting) {
    return Optional.ofNullable(options.get(setting.name()))
        .or(() -> new EnvironmentValues(environment, catalogue).find(catalogue.of(setting)));
  }

  private Optional<Given> inFile(SettingsFile file) {
    String key = KnownSetting.canonical(GeneralSettings.PLUGIN_DIR.name());
    return file.entries().stream()
        .filter(entry -> KnownSetting.canonical(entry.key()).equals(key))
        .findFirst()
        .flatMap(entry -> given(file, entry));
  }

  private Optional<Given> given(SettingsFile file, FileEntry entry) {
    try {
      List<String> texts = entry.texts();
      String text =
          texts.stream().map(new Interpolation(environment)::fill).collect(Collectors.joining(","));
      Origin origin = new Origin.InFile(file.path(), entry.line(), entry.key());
      return text.isBlank() ? Optional.empty() : Optional.of(new Given(text, origin));
    } catch (IllegalArgumentException wrong) {
      throw SettingsFile.refusal(
          file.path(), entry.line(), entry.key() + ": " + wrong.getMessage());
    }
  }

  /** A refusal because of one of the two. */
  public static Refusal refusal(Given given, String what) {
    return new Refusal(faultOf(given), given.origin().describe() + ": " + what);
  }
}

package ballot.cli.settings;

import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.Redaction;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.SettingsFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts options, environment, file and defaults on top of each other, and refuses what cannot be
 * read.
 */
public final class Resolution {

  private final Catalogue catalogue;
  private final Map<String, String> environment;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();

  /** For these settings, in this environment. */
  public Resolution(Catalogue catalogue, Map<String, String> environment) {
    this.catalogue = catalogue;
    this.environment = environment;
    catalogue.all().stream().filter(known -> known.setting().isSecret()).forEach(this::noteSecrets);
  }

  /** Known before anything is read, so that no error can show one. */
  private void noteSecrets(KnownSetting known) {
    List<String> variables = new ArrayList<>(known.ownVariables());
    variables.addAll(known.setting().variables());
    variables.stream().map(environment::get).forEach(this::noteSecret);
  }

  private void noteSecret(@org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      secrets.add(value);
    }
  }

  /**
   * The effective settings.
   *
   * @param options by the names of their settings
   * @throws Refusal naming the value, where it was set and what is allowed
   */
  public EffectiveSettings resolve(Map<String, Given> options, Optional<SettingsFile> file) {
    Optional<FileValues> values = file.map(found -> new FileValues(found, catalogue, environment));
    Map<String, Given> inFile = values.map(this::valuesOf).orElse(Map.of());
    EnvironmentValues variables = new EnvironmentValues(environment, catalogue);
    Map<String, Given> given = new HashMap<>();
    for (KnownSetting known : catalogue.all()) {
      Given option = options.get(known.name());
      Optional.ofNullable(option)
          .or(() -> variables.find(known))
          .or(() -> Optional.ofNullable(inFile.get(known.name())))
          .ifPresent(value -> given.put(known.name(), value));
    }
    warnings.addAll(variables.warnings());
    given.forEach((name, value) -> catalogue.byKey(name).ifPresent(known -> check(known, value)));
    return new EffectiveSettings(
        catalogue, given, environment, values.map(FileValues::services).orElse(Services.NONE));
  }

  private Map<String, Given> valuesOf(FileValues values) {
    secrets.addAll(values.secretsOfServices());
    values
        .values()
        .forEach(
            (name, given) ->
                catalogue
                    .byKey(name)
                    .filter(known -> known.setting().isSecret())
                    .ifPresent(known -> secrets.add(given.text())));
    return values.values();
  }

  /** Variables of other programs are looked at only when their backend is chosen. */
  private static void check(KnownSetting known, Given value) {
    boolean foreign = value.origin() instanceof Origin.Variable variable && !variable.isOurs();
    if (!foreign) {
      checkValue(known, value);
    }
  }

  /** Reads the value once, so that nobody has to be ready for an unreadable one later. */
  static void checkValue(KnownSetting known, Given value) {
    Setting<?> setting = known.setting();
    if (value.origin() instanceof Origin.Option && Redaction.hasUserInformation(value.text())) {
      throw EffectiveSettings.refusal(
          known,
          value.origin(),
          "process lists would show the user information of this address: set it by "
              + setting.variable()
              + " or in a file");
    }
    try {
      var unused = setting.read(value.text());
    } catch (IllegalArgumentException wrong) {
      String nearest =
          setting.kind() == Setting.Kind.CHOICE
              ? Nearest.suggestion(value.text(), setting.allowed().stream())
              : "";
      throw EffectiveSettings.refusal(known, value.origin(), wrong.getMessage() + nearest);
    }
  }

  /** What a person should know, after {@link #resolve}. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Takes out of texts whatever is secret, as far as it is known by now. */
  public Redaction redaction() {
    return Redaction.of(secrets);
  }
}

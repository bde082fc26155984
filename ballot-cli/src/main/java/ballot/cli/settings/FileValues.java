package ballot.cli.settings;

import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.FileEntry;
import ballot.cli.settings.file.Interpolation;
import ballot.cli.settings.file.SettingsFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The values of a file, matched with the settings that there are. */
final class FileValues {

  private static final String ENABLED = "election.enabled";
  private static final int FEW = 16;

  private final SettingsFile file;
  private final Catalogue catalogue;
  private final Interpolation interpolation;
  private final ServiceSettings services;
  private final Map<String, Given> values = new HashMap<>();
  private final Map<String, FileEntry> spelled = new HashMap<>();
  private List<String> enabled = List.of();

  FileValues(SettingsFile file, Catalogue catalogue, Map<String, String> environment) {
    this.file = file;
    this.catalogue = catalogue;
    this.interpolation = new Interpolation(environment);
    this.services = new ServiceSettings(file, interpolation);
    file.entries().forEach(this::take);
  }

  /** By the names of the settings. */
  Map<String, Given> values() {
    return Map.copyOf(values);
  }

  /** The services that are enabled, put together. */
  Services services() {
    return new Services(file.path(), enabled, services.sections());
  }

  /** Values of secrets that are not settings of ours. */
  List<String> secretsOfServices() {
    return services.secrets();
  }

  private void take(FileEntry entry) {
    if (entry.isOfServices()) {
      services.check(entry);
    } else if (KnownSetting.canonical(entry.key()).equals(KnownSetting.canonical(ENABLED))) {
      refuseSecond(entry, ENABLED);
      Setting<List<String>> names = Setting.list(ENABLED, "");
      enabled = read(entry, names).map(names::read).orElse(List.of());
    } else {
      takeSetting(entry);
    }
  }

  private void takeSetting(FileEntry entry) {
    boolean empty = entry.texts().isEmpty() && entry.shape() != FileEntry.Shape.NESTED_LIST;
    Optional<KnownSetting> known = catalogue.byKey(entry.key());
    if (known.isEmpty()) {
      if (empty && catalogue.isSection(entry.key())) {
        return;
      }
      throw unknown(entry);
    }
    Setting<?> setting = known.get().setting();
    if (setting.name().equals(GeneralSettings.CONFIG.name())) {
      throw refusal(entry, entry.key() + " cannot be set in a file: it names the file");
    }
    refuseSecond(entry, setting.name());
    read(entry, setting)
        .ifPresent(
            text -> {
              Origin origin = new Origin.InFile(file.path(), entry.line(), entry.key());
              values.put(setting.name(), new Given(text, origin));
            });
  }

  private Optional<String> read(FileEntry entry, Setting<?> setting) {
    try {
      return text(entry, setting, interpolation::fill);
    } catch (IllegalArgumentException wrong) {
      throw refusal(entry, entry.key() + ": " + wrong.getMessage());
    }
  }

  /**
   * What is written, entries of a list joined by commas; nothing when it is empty.
   *
   * @throws IllegalArgumentException when it is written in another shape than the setting takes
   */
  static Optional<String> text(FileEntry entry, Setting<?> setting, UnaryOperator<String> fill) {
    boolean list = setting.kind() == Setting.Kind.LIST;
    switch (entry.shape()) {
      case VALUE, EMPTY_SECTION -> {}
      case NESTED_LIST -> throw new IllegalArgumentException("takes no list of lists or sections");
      case LIST -> {
        if (!list) {
          throw new IllegalArgumentException("takes one value, not a list");
        }
      }
    }
    String text = entry.texts().stream().map(fill).collect(Collectors.joining(","));
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private void refuseSecond(FileEntry entry, String setting) {
    FileEntry earlier = spelled.put(setting, entry);
    if (earlier != null) {
      throw refusal(
          entry,
          "%s is set twice: also on line %d as '%s'"
              .formatted(entry.key(), earlier.line(), earlier.key()));
    }
  }

  private Refusal unknown(FileEntry entry) {
    String key = entry.key();
    if (!entry.shownKey().equals(key)) {
      return refusal(
          entry,
          "unknown key '%s': is a blank missing after the colon?".formatted(entry.shownKey()));
    }
    if (catalogue.isSection(key)) {
      return refusal(entry, "'" + key + "' is a section: it takes " + below(key));
    }
    int dot = key.lastIndexOf('.');
    String section = dot > 0 ? key.substring(0, dot) : "";
    if (catalogue.byKey(section).isPresent()) {
      return refusal(entry, "'" + section + "' takes a value, not a section");
    }
    String allowed =
        !section.isEmpty() && catalogue.isSection(section)
            ? "'%s' takes %s".formatted(section, below(section))
            : "'ballot help run once' lists all";
    return refusal(
        entry,
        "unknown key '%s'%s (%s)"
            .formatted(key, Nearest.suggestion(key, catalogue.keys()), allowed));
  }

  private String below(String section) {
    String prefix = KnownSetting.canonical(section) + "-";
    List<String> names =
        catalogue
            .keys()
            .map(KnownSetting::canonical)
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .distinct()
            .toList();
    String more = section.equalsIgnoreCase("election") ? ", enabled, services" : "";
    return names.stream().limit(FEW).collect(Collectors.joining(", ")) + more;
  }

  private Refusal refusal(FileEntry entry, String what) {
    return SettingsFile.refusal(file.path(), entry.line(), what);
  }
}

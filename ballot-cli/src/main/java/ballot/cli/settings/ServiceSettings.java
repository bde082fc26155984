package ballot.cli.settings;

import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.FileEntry;
import ballot.cli.settings.file.Interpolation;
import ballot.cli.settings.file.SettingsFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says below {@code election.services}: checked with the rest, so that a file is right
 * or wrong as a whole, whether a command uses it or not.
 */
final class ServiceSettings {

  private final SettingsFile file;
  private final Interpolation interpolation;
  private final Map<String, ServiceSection> sections = new LinkedHashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final List<String> secrets = new ArrayList<>();

  ServiceSettings(SettingsFile file, Interpolation interpolation) {
    this.file = file;
    this.interpolation = interpolation;
  }

  /** Checks a value below {@code election.services}, and keeps it. */
  void check(FileEntry entry) {
    List<String> path = entry.path();
    ServiceSection section = path.size() < 3 ? null : section(path.get(2), entry.line());
    if (path.size() < 4 || section == null) {
      checkOuter(entry, path.size());
      return;
    }
    String key = String.join(".", path.subList(3, path.size()));
    Optional<Setting<?>> setting = ServiceKeys.find(key);
    if (setting.isPresent()) {
      refuseSecond(entry, path.get(2), key);
      keep(entry, setting.get(), key, section);
    } else if (!ServiceKeys.isSection(key) || !entry.texts().isEmpty()) {
      throw unknown(entry, key);
    }
  }

  private ServiceSection section(String name, int line) {
    ServiceSection section =
        sections.computeIfAbsent(
            name.toLowerCase(Locale.ROOT), unknown -> new ServiceSection(file.path(), name));
    section.mention(line);
    return section;
  }

  /** By their names in lower case, in their order. */
  Map<String, ServiceSection> sections() {
    return sections;
  }

  private void checkOuter(FileEntry entry, int depth) {
    boolean empty = entry.shape() != FileEntry.Shape.LIST && entry.texts().isEmpty();
    if (!empty || entry.shape() == FileEntry.Shape.NESTED_LIST) {
      throw refusal(
          entry,
          entry.shownKey()
              + (depth == 2
                  ? " takes a section for each service, named as in election.enabled"
                  : " takes a section with keys such as id, key and primaryTag"));
    }
  }

  private void refuseSecond(FileEntry entry, String service, String key) {
    String earlier =
        seen.put(
            service.toLowerCase(Locale.ROOT) + "\n" + ServiceKeys.canonical(key),
            entry.shownKey() + " on line " + entry.line());
    if (earlier != null) {
      throw refusal(entry, entry.shownKey() + " is set twice: also by " + earlier);
    }
  }

  private void keep(FileEntry entry, Setting<?> setting, String key, ServiceSection section) {
    boolean isHook = ServiceKeys.canonical(key).startsWith("exec");
    try {
      Optional<String> text =
          FileValues.text(entry, setting, isHook ? raw -> raw : interpolation::fill);
      if (text.isPresent()) {
        var unused = setting.read(text.get());
        section.put(setting, text.get(), entry.line(), entry.shownKey());
        if (setting.isSecret()) {
          secrets.add(text.get());
        }
      }
    } catch (IllegalArgumentException wrong) {
      throw refusal(entry, entry.shownKey() + ": " + wrong.getMessage());
    }
  }

  /** The tokens of the services. */
  List<String> secrets() {
    return List.copyOf(secrets);
  }

  private Refusal unknown(FileEntry entry, String key) {
    return refusal(
        entry,
        "unknown key '%s'%s (a service has %s)"
            .formatted(
                entry.shownKey(),
                Nearest.suggestion(key, ServiceKeys.spellings().stream()),
                String.join(", ", ServiceKeys.spellings())));
  }

  private Refusal refusal(FileEntry entry, String what) {
    return SettingsFile.refusal(file.path(), entry.line(), what);
  }
}

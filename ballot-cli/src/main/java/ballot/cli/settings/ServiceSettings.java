package ballot.cli.settings;

import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.FileEntry;
import ballot.cli.settings.file.Interpolation;
import ballot.cli.settings.file.SettingsFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file says about services, {@code election.enabled} and {@code election.services}: checked
 * with the rest, so that a file is right or wrong as a whole, and not used by any command yet.
 */
final class ServiceSettings {

  private static final Map<String, Setting<?>> KEYS = new HashMap<>();
  private static final List<String> SPELLINGS = new ArrayList<>();

  static {
    key("id", name -> Setting.text(name, ""));
    key("key", name -> Setting.text(name, ""));
    key("token", name -> Setting.text(name, "").asSecret());
    key("serviceChecks", name -> Setting.list(name, ""));
    key("primaryTag", name -> Setting.text(name, ""));
    key("replicaTag", name -> Setting.text(name, ""));
    key("execOnPromote", name -> Setting.text(name, ""));
    key("execOnDemote", name -> Setting.text(name, ""));
    key("ttl", name -> Setting.duration(name, ""));
    key("lockDelay", name -> Setting.duration(name, ""));
    key("hookTimeout", name -> Setting.duration(name, ""));
    key("requirePromote", name -> Setting.onOff(name, ""));
    key("sessionMeta", name -> Setting.onOff(name, ""));
    key("priority", name -> Setting.number(name, Long.MIN_VALUE, Long.MAX_VALUE, ""));
    key("preempt", name -> Setting.onOff(name, ""));
    key("name", name -> Setting.text(name, ""));
  }

  /** A section of its own, with keys that its issue will say. */
  private static final String REGISTER = "register";

  private final SettingsFile file;
  private final Interpolation interpolation;
  private final Map<String, String> seen = new HashMap<>();
  private final List<String> secrets = new ArrayList<>();

  ServiceSettings(SettingsFile file, Interpolation interpolation) {
    this.file = file;
    this.interpolation = interpolation;
  }

  private static void key(String spelling, java.util.function.Function<String, Setting<?>> maker) {
    KEYS.put(canonical(spelling), maker.apply(canonical(spelling)));
    SPELLINGS.add(spelling);
  }

  private static String canonical(String key) {
    return key.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /** Checks a value below {@code election.services}. */
  void check(FileEntry entry) {
    List<String> path = entry.path();
    if (path.size() < 4) {
      checkOuter(entry, path.size());
      return;
    }
    String key = path.get(3);
    if (canonical(key).equals(REGISTER)) {
      return;
    }
    Setting<?> setting = KEYS.get(canonical(key));
    if (setting == null || path.size() > 4) {
      throw unknown(entry, path.size() > 4 ? String.join(".", path.subList(3, path.size())) : key);
    }
    refuseSecond(entry, path.get(2), key);
    checkValue(entry, setting, key);
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
            service.toLowerCase(Locale.ROOT) + "\n" + canonical(key),
            entry.shownKey() + " on line " + entry.line());
    if (earlier != null) {
      throw refusal(entry, entry.shownKey() + " is set twice: also by " + earlier);
    }
  }

  private void checkValue(FileEntry entry, Setting<?> setting, String key) {
    try {
      Optional<String> text =
          FileValues.text(
              entry, setting, canonical(key).startsWith("exec") ? raw -> raw : interpolation::fill);
      if (text.isPresent()) {
        var unused = setting.read(text.get());
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
        "unknown key '%s'%s (a service has %s, register)"
            .formatted(
                entry.shownKey(),
                Nearest.suggestion(key, SPELLINGS.stream()),
                String.join(", ", SPELLINGS)));
  }

  private Refusal refusal(FileEntry entry, String what) {
    return SettingsFile.refusal(file.path(), entry.line(), what);
  }
}

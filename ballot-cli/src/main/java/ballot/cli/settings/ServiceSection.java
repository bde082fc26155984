package ballot.cli.settings;

import ballot.api.Setting;
import ballot.cli.process.Refusal;
import ballot.cli.settings.file.SettingsFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a file says about one service: texts that can be read, and where each stands. */
final class ServiceSection {

  private final Path file;
  private final String name;
  private final Map<String, Value> values = new HashMap<>();
  private int line;

  private record Value(String text, int line, String key) {}

  ServiceSection(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /** As it is written in the file. */
  String name() {
    return name;
  }

  /** It is mentioned on a line. */
  void mention(int at) {
    line = line == 0 ? at : Math.min(line, at);
  }

  void put(Setting<?> setting, String text, int at, String key) {
    values.put(setting.name(), new Value(text, at, key));
  }

  <T> Optional<T> find(Setting<T> setting) {
    Value value = values.get(setting.name());
    return Optional.ofNullable(value).map(Value::text).or(setting::defaultText).map(setting::read);
  }

  /** The value of a setting that has a default. */
  <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  /** A refusal because of what stands, or does not stand, at a key. */
  Refusal refusal(Setting<?> setting, String what) {
    Value value = values.get(setting.name());
    return value == null
        ? SettingsFile.refusal(file, line, "election.services." + name + ": " + what)
        : SettingsFile.refusal(file, value.line(), value.key() + ": " + what);
  }
}

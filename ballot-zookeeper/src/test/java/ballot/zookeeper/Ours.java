package ballot.zookeeper;

import ballot.api.ElectionBackend;
import ballot.api.Setting;
import ballot.testkit.GivenSettings;
import java.time.Duration;
import java.util.Map;

/** Our backend, as tests from outside know it: by its options. */
final class Ours {

  private Ours() {}

  static ElectionBackend backend() {
    return new ZooKeeperBackend();
  }

  /** The name of the setting behind an option. */
  static String setting(String option) {
    return backend().settings().stream()
        .filter(setting -> setting.option().equals(option))
        .map(Setting::name)
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no option " + option));
  }

  /** These values of options, and no others. */
  static GivenSettings given(Map<String, String> options) {
    GivenSettings values = GivenSettings.none();
    for (Map.Entry<String, String> option : options.entrySet()) {
      values = values.with(setting(option.getKey()), option.getValue());
    }
    return values;
  }

  /** These servers and this session timeout. */
  static GivenSettings at(String servers, Duration timeout) {
    return given(
        Map.of(
            "--zookeeper-servers",
            servers,
            "--zookeeper-session-timeout",
            timeout.toMillis() + "ms"));
  }
}

package ballot.testkit;

import ballot.api.Setting;
import ballot.api.SettingValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings out of a map, for tests: names and texts as a user would write them, and an environment
 * of its own in which nothing is set but what the test sets.
 */
public final class GivenSettings implements SettingValues {

  private final Map<String, String> texts;
  private final Map<String, String> environment;

  private GivenSettings(Map<String, String> texts, Map<String, String> environment) {
    this.texts = Map.copyOf(texts);
    this.environment = Map.copyOf(environment);
  }

  /** Nothing is given. */
  public static GivenSettings none() {
    return new GivenSettings(Map.of(), Map.of());
  }

  /** These settings are given, by their dotted names. */
  public static GivenSettings of(Map<String, String> texts) {
    return new GivenSettings(texts, Map.of());
  }

  /** The same with one more setting. */
  public GivenSettings with(String name, String text) {
    Map<String, String> more = new HashMap<>(texts);
    more.put(name, text);
    return new GivenSettings(more, environment);
  }

  /** The same with one more variable in the environment. */
  public GivenSettings withVariable(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new GivenSettings(texts, more);
  }

  @Override
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(texts.get(setting.name()))
        .or(setting::defaultText)
        .map(setting::read);
  }

  @Override
  public boolean isGiven(Setting<?> setting) {
    return texts.containsKey(setting.name());
  }

  @Override
  public String origin(Setting<?> setting) {
    return isGiven(setting) ? setting.option() : "the default";
  }

  @Override
  public Optional<String> environment(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }
}

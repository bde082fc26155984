package ballot.api;

import java.util.Optional;

/**
 * The effective values of settings, as a backend sees them: already looked up in options,
 * environment, file and defaults, and already parsed.
 *
 * <p>Safe for use by many threads; the values do not change.
 */
public interface SettingValues {

  /** The value given, else the setting's default, else nothing. */
  <T> Optional<T> find(Setting<T> setting);

  /**
   * The value given or the default.
   *
   * @throws IllegalStateException when the setting has neither: only settings with a default are
   *     read this way
   */
  default <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  /** Whether a person gave the value, rather than the default. */
  boolean isGiven(Setting<?> setting);

  /**
   * Where the value was set, for error texts: {@code --consul-address}, {@code
   * BALLOT_CONSUL_ADDRESS in the environment}, {@code /etc/ballot/ballot.yaml, line 4}, {@code the
   * default}.
   */
  String origin(Setting<?> setting);

  /**
   * The environment variable of that name, for conventions of a store's own that are not settings
   * of ours, such as {@code CONSUL_HTTP_ADDR}. Empty when unset or set to nothing.
   */
  Optional<String> environment(String variable);
}

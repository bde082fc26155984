package ballot.cli.settings;

import ballot.api.Setting;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A setting and its place among the others.
 *
 * @param setting what it is
 * @param aliases further names, dotted like the first: each is an option, a variable and a key too
 * @param scope what it is for
 * @param isLater whether it is recognised only to say that this version does not have it
 */
public record KnownSetting(Setting<?> setting, List<String> aliases, Scope scope, boolean isLater) {

  /** Copies the aliases. */
  public KnownSetting {
    aliases = List.copyOf(aliases);
  }

  static KnownSetting of(Setting<?> setting, Scope scope, String... aliases) {
    return new KnownSetting(setting, List.of(aliases), scope, false);
  }

  KnownSetting later() {
    return new KnownSetting(setting, aliases, scope, true);
  }

  /** The dotted name. */
  public String name() {
    return setting.name();
  }

  /** All names, the first one first. */
  Stream<String> names() {
    return Stream.concat(Stream.of(name()), aliases.stream());
  }

  /** All long options, also for a secret, which takes none: to say so. */
  public List<String> options() {
    return names().map(KnownSetting::optionOf).toList();
  }

  /** The variables that can mean nothing but us. */
  public List<String> ownVariables() {
    return isOptionOnly() ? List.of() : names().map(KnownSetting::variableOf).toList();
  }

  /** Whether it is neither a variable nor a key of a file. */
  boolean isOptionOnly() {
    return scope instanceof Scope.Commands commands && commands.isOptionOnly();
  }

  /** Whether an unreadable value of this variable is worth no more than a warning. */
  boolean isLenientAbout(String variable) {
    return setting.variables().contains(variable)
        && (!(scope instanceof Scope.Backend) || variable.startsWith("ZOOKEEPER_"));
  }

  /** How a key of a file is compared: without case, and with all separators alike. */
  static String canonical(String key) {
    return key.strip().toLowerCase(Locale.ROOT).replace('.', '-').replace('_', '-');
  }

  private static String optionOf(String name) {
    return "--" + name.replace('.', '-');
  }

  private static String variableOf(String name) {
    return "BALLOT_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}

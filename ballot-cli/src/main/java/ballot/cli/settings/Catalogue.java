package ballot.cli.settings;

import ballot.api.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one list of settings: general ones, those of commands, those that backends declare. Immutable
 * once made.
 */
public final class Catalogue {

  /** What a file may say about each service, as it is written. */
  public List<String> keysOfServices() {
    return ServiceKeys.spellings();
  }

  private final List<KnownSetting> settings = new ArrayList<>();
  private final Map<String, KnownSetting> byName = new HashMap<>();
  private final Map<String, KnownSetting> byOption = new LinkedHashMap<>();
  private final Map<String, KnownSetting> byVariable = new LinkedHashMap<>();
  private final List<Conflict> conflicts = new ArrayList<>();

  /**
   * A setting that cannot be used.
   *
   * @param scope whose it is
   * @param message which name is taken, and by what
   */
  public record Conflict(Scope scope, String message) {}

  /**
   * With these settings. Of two with a name in common the first one stays, and the other is told by
   * {@link #conflicts}.
   */
  public Catalogue(List<KnownSetting> known) {
    known.forEach(this::add);
  }

  private void add(KnownSetting known) {
    Optional<KnownSetting> rival =
        known
            .names()
            .map(KnownSetting::canonical)
            .map(byName::get)
            .filter(this::isThere)
            .findFirst();
    if (rival.isPresent()) {
      conflicts.add(
          new Conflict(
              known.scope(),
              "setting %s of %s has the name of %s of %s"
                  .formatted(
                      known.name(), ownerOf(known), rival.get().name(), ownerOf(rival.get()))));
      return;
    }
    settings.add(known);
    known.names().forEach(name -> byName.put(KnownSetting.canonical(name), known));
    known.options().forEach(option -> byOption.put(option, known));
    known.ownVariables().forEach(variable -> byVariable.put(variable, known));
    known.setting().variables().forEach(variable -> byVariable.putIfAbsent(variable, known));
  }

  private boolean isThere(@Nullable KnownSetting known) {
    return known != null;
  }

  private static String ownerOf(KnownSetting known) {
    return switch (known.scope()) {
      case Scope.General general -> "ballot";
      case Scope.Commands commands -> "ballot";
      case Scope.Backend backend -> "backend " + backend.name();
    };
  }

  /** All of them, in the order in which help shows them. */
  public List<KnownSetting> all() {
    return List.copyOf(settings);
  }

  /** By a long option, such as {@code --log-level}. */
  public Optional<KnownSetting> byOption(String option) {
    return Optional.ofNullable(byOption.get(option));
  }

  /** By a key of a file, dotted or not, in any case. */
  Optional<KnownSetting> byKey(String key) {
    return byName(key).filter(known -> !known.isOptionOnly());
  }

  private Optional<KnownSetting> byName(String name) {
    return Optional.ofNullable(byName.get(KnownSetting.canonical(name)));
  }

  /** Whether keys of a file may stand below this one. */
  boolean isSection(String key) {
    String prefix = KnownSetting.canonical(key) + "-";
    return byName.entrySet().stream()
        .anyMatch(entry -> entry.getKey().startsWith(prefix) && !entry.getValue().isOptionOnly());
  }

  /** By a variable of the environment. */
  Optional<KnownSetting> byVariable(String variable) {
    return Optional.ofNullable(byVariable.get(variable));
  }

  /** All long options. */
  public Stream<String> options() {
    return byOption.entrySet().stream()
        .filter(entry -> !entry.getValue().isLater())
        .map(Map.Entry::getKey);
  }

  /** All variables that can mean nothing but us. */
  Stream<String> ownVariables() {
    return settings.stream()
        .filter(known -> !known.isLater())
        .flatMap(known -> known.ownVariables().stream());
  }

  /** All names that a key of a file can have, as they are written. */
  Stream<String> keys() {
    return settings.stream().filter(known -> !known.isOptionOnly()).flatMap(KnownSetting::names);
  }

  /** What cannot be used because its name is taken. */
  public List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  /** The entry of a setting that was declared. */
  KnownSetting of(Setting<?> setting) {
    return byName(setting.name())
        .orElseThrow(() -> new IllegalStateException(setting + " was never declared"));
  }
}

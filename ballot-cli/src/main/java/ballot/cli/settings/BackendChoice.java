package ballot.cli.settings;

import ballot.api.ElectionBackend;
import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which backend is meant: the one that is named, else the one of which a setting is given. A lock
 * for a fleet must never turn into one for a host by omission, so nothing is guessed.
 */
public final class BackendChoice {

  /** The one backend that a name of the election chooses, as it did for users of scality/ballot. */
  private static final String ZOOKEEPER = "zookeeper";

  private static final String ZOOKEEPERS_PATH = "zookeeper-base-path";

  private final EffectiveSettings settings;
  private final List<ElectionBackend> backends;

  /** Among these backends. */
  public BackendChoice(EffectiveSettings settings, List<ElectionBackend> backends) {
    this.settings = settings;
    this.backends = List.copyOf(backends);
  }

  /**
   * The backend, all of whose values can be read.
   *
   * @throws Refusal naming the choices, or the value that cannot be read
   */
  public ElectionBackend backend() {
    return checked(
        settings.find(GeneralSettings.BACKEND).map(this::named).orElseGet(this::implied));
  }

  /** The same for a command with a backend of its own: only another name changes that. */
  public ElectionBackend backendOr(String usual) {
    return checked(named(settings.find(GeneralSettings.BACKEND).orElse(usual)));
  }

  private ElectionBackend checked(ElectionBackend backend) {
    Scope scope = new Scope.Backend(backend.name());
    for (Catalogue.Conflict conflict : settings.catalogue().conflicts()) {
      if (conflict.scope().equals(scope)) {
        throw Refusal.configuration(
            "backend %s cannot be used: %s".formatted(backend.name(), conflict.message()));
      }
    }
    settings.catalogue().all().stream()
        .filter(known -> known.scope().equals(scope))
        .forEach(this::check);
    return backend;
  }

  private void check(KnownSetting known) {
    Given given = settings.given(known.name());
    if (given != null) {
      Resolution.checkValue(known, given);
    }
  }

  private ElectionBackend named(String text) {
    String name = text.strip().toLowerCase(Locale.ROOT);
    return find(name)
        .orElseThrow(
            () ->
                settings.refusal(
                    GeneralSettings.BACKEND.name(),
                    "there is no backend '%s'%s (there are %s)"
                        .formatted(name, Nearest.suggestion(name, names()), list())));
  }

  private Optional<ElectionBackend> find(String name) {
    return backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
  }

  private Stream<String> names() {
    return backends.stream().map(ElectionBackend::name).sorted();
  }

  private String list() {
    return names().collect(Collectors.joining(", "));
  }

  private ElectionBackend implied() {
    List<Reason> reasons = reasons();
    Set<String> names =
        reasons.stream().map(Reason::backend).collect(Collectors.toCollection(TreeSet::new));
    if (names.isEmpty()) {
      throw Refusal.configuration("no backend is chosen: " + choices());
    }
    if (names.size() > 1) {
      throw Refusal.configuration(
          "it is not clear which backend is meant: "
              + reasons.stream().map(Reason::describe).collect(Collectors.joining(", "))
              + "; say --backend with one of them");
    }
    Reason reason = reasons.getFirst();
    return find(reason.backend())
        .orElseThrow(
            () ->
                settings.refusal(
                    reason.setting(),
                    "there is no backend '%s' (there are %s)".formatted(reason.backend(), list())));
  }

  private record Reason(String backend, String setting, Origin origin) {
    String describe() {
      return "%s because of %s (%s)".formatted(backend, setting, origin.describe());
    }
  }

  /** One for each backend of which a setting is given where that says something. */
  private List<Reason> reasons() {
    List<Reason> reasons = new ArrayList<>();
    for (KnownSetting known : settings.catalogue().all()) {
      Given given = settings.given(known.name());
      if (given == null || !given.origin().choosesBackend()) {
        continue;
      }
      backendOf(known, given.origin())
          .filter(name -> reasons.stream().noneMatch(reason -> reason.backend().equals(name)))
          .ifPresent(name -> reasons.add(new Reason(name, known.name(), given.origin())));
    }
    return reasons;
  }

  private static Optional<String> backendOf(KnownSetting known, Origin origin) {
    if (known.scope() instanceof Scope.Backend backend) {
      return Optional.of(backend.name());
    }
    boolean path = known.name().equals(GeneralSettings.ELECTION.name());
    return path && KnownSetting.canonical(spelling(origin)).endsWith(ZOOKEEPERS_PATH)
        ? Optional.of(ZOOKEEPER)
        : Optional.empty();
  }

  private static String spelling(Origin origin) {
    return switch (origin) {
      case Origin.Option option -> option.spelling();
      case Origin.Variable variable -> variable.variable();
      case Origin.InFile file -> file.key();
      case Origin.Default none -> "";
    };
  }

  private String choices() {
    return backends.isEmpty()
        ? "none was found; look at 'ballot plugins'"
        : "say "
            + names().map(name -> "--backend " + name).collect(Collectors.joining(" or "))
            + ", or give a setting of one, such as "
            + backends.stream()
                .flatMap(backend -> example(backend).stream())
                .sorted()
                .collect(Collectors.joining(" or "));
  }

  private static Optional<String> example(ElectionBackend backend) {
    return backend.settings().stream()
        .filter(setting -> !setting.isSecret())
        .findFirst()
        .map(
            setting -> setting.option() + " " + setting.defaultText().orElse(placeholder(setting)));
  }

  private static String placeholder(Setting<?> setting) {
    return setting.kind() == Setting.Kind.PATH ? "FOLDER" : "VALUE";
  }
}

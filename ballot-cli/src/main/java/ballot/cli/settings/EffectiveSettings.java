package ballot.cli.settings;

import ballot.api.Setting;
import ballot.api.SettingValues;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Redaction;
import ballot.cli.process.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds after options, environment, file and defaults were put on top of each other. */
public final class EffectiveSettings implements SettingValues {

  private final Catalogue catalogue;
  private final Map<String, Given> given;
  private final Map<String, String> environment;
  private final Services services;

  EffectiveSettings(
      Catalogue catalogue,
      Map<String, Given> given,
      Map<String, String> environment,
      Services services) {
    this.catalogue = catalogue;
    this.given = Map.copyOf(given);
    this.environment = environment;
    this.services = services;
  }

  /**
   * The services that are enabled, at least one: in the file, or by the variables of the shell
   * sidecar trailmix/consul-leader.
   *
   * @throws Refusal when there is none, or something about them does not fit together
   */
  public List<ServiceElection> services() {
    return services.elections(environment);
  }

  /**
   * A setting as it holds.
   *
   * @param setting what it is
   * @param text its value, a mark for a secret; nothing when it is not set
   * @param origin where it comes from
   */
  public record Effective(KnownSetting setting, Optional<String> text, Origin origin) {}

  /** All settings, for people; secrets are masked. */
  public List<Effective> all() {
    return catalogue.all().stream().map(this::effective).toList();
  }

  private Effective effective(KnownSetting known) {
    Given value = given.get(known.name());
    Optional<String> text =
        value == null ? known.setting().defaultText() : Optional.of(value.text());
    return new Effective(
        known,
        text.map(plain -> known.setting().isSecret() ? "***" : Redaction.NONE.apply(plain)),
        originOf(known));
  }

  private Origin originOf(KnownSetting known) {
    Given value = given.get(known.name());
    return value == null ? new Origin.Default() : value.origin();
  }

  @Override
  public <T> Optional<T> find(Setting<T> setting) {
    return textOf(setting).map(setting::read);
  }

  private Optional<String> textOf(Setting<?> setting) {
    Given value = given.get(catalogue.of(setting).name());
    return value == null ? setting.defaultText() : Optional.of(value.text());
  }

  @Override
  public boolean isGiven(Setting<?> setting) {
    return given.containsKey(catalogue.of(setting).name());
  }

  @Override
  public String origin(Setting<?> setting) {
    return originOf(catalogue.of(setting)).describe();
  }

  @Override
  public Optional<String> environment(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isEmpty());
  }

  /** What is given of a setting, by its name. */
  @Nullable Given given(String name) {
    return given.get(name);
  }

  /** Refuses settings of a command that are recognised and not there yet. */
  public void refuseWhatIsNotHere(String command) {
    for (KnownSetting known : catalogue.all()) {
      boolean concerns =
          switch (known.scope()) {
            case Scope.General general -> true;
            case Scope.Commands commands -> commands.names().contains(command);
            case Scope.Backend backend -> false; // told when the backend is chosen
          };
      if (known.isLater() && concerns && given.containsKey(known.name())) {
        throw refusal(known, originOf(known), known.name() + " is not in this version");
      }
    }
  }

  /** A refusal because of what a file says about a service at a key. */
  public Refusal refusal(ServiceElection service, String key, String what) {
    return services.refusal(service.name(), key, what);
  }

  /** The names of settings that have another value there. */
  public List<String> differences(EffectiveSettings other) {
    return catalogue.all().stream()
        .map(KnownSetting::name)
        .filter(name -> !Objects.equals(textOf(name), other.textOf(name)))
        .toList();
  }

  private @Nullable String textOf(String name) {
    Given value = given.get(name);
    return value == null ? null : value.text();
  }

  /** The list of which these are the values. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * A refusal because of a setting's value: the fault of the command line when the value stands
   * there, of the configuration otherwise.
   */
  public Refusal refusal(String setting, String what) {
    Optional<KnownSetting> known = catalogue.byKey(setting);
    if (known.isEmpty()) {
      return Refusal.configuration(setting + ": " + what);
    }
    return refusal(known.get(), originOf(known.get()), what);
  }

  static Refusal refusal(KnownSetting known, Origin origin, String what) {
    String about =
        switch (origin) {
          case Origin.InFile file -> file.describe() + ": " + file.key();
          case Origin.Default none -> known.name() + " (the default)";
          case Origin.Option option -> option.describe();
          case Origin.Variable variable -> variable.describe();
        };
    ExitCode code = origin instanceof Origin.Option ? ExitCode.USAGE : ExitCode.CONFIGURATION;
    return new Refusal(code, about + ": " + what);
  }
}

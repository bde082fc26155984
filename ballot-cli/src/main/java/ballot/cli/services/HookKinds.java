package ballot.cli.services;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import ballot.cli.process.Refusal;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.ServiceElection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of hooks that there are, and what each of them makes of what an operator wrote. */
public final class HookKinds {

  private static final String OTHERWISE = "command";

  private final List<HookExecutor> kinds;
  private final Map<String, String> environment;

  /**
   * These kinds.
   *
   * @param environment what hooks see of our environment
   */
  public HookKinds(List<HookExecutor> kinds, Map<String, String> environment) {
    this.kinds = List.copyOf(kinds);
    this.environment = Map.copyOf(environment);
  }

  /**
   * What is to become of the services that are enabled.
   *
   * @throws Refusal when something about one of them cannot work
   */
  public List<ServicePlan> plans(EffectiveSettings settings) {
    return settings.services().stream()
        .map(what -> new ServicePlan(what, hooks(what, settings)))
        .toList();
  }

  private ServiceHooks hooks(ServiceElection what, EffectiveSettings settings) {
    return new ServiceHooks(
        what.onPromote().map(text -> hook(what, "execOnPromote", text, settings)),
        what.onDemote().map(text -> hook(what, "execOnDemote", text, settings)),
        what.hookTimeout(),
        what.requirePromote());
  }

  private Hook hook(ServiceElection what, String key, String text, EffectiveSettings settings) {
    try {
      return kind(text).prepare(text, environment);
    } catch (IllegalArgumentException impossible) {
      throw settings.refusal(what, key, String.valueOf(impossible.getMessage()));
    }
  }

  private HookExecutor kind(String text) {
    return kinds.stream()
        .filter(kind -> kind.claims(text))
        .findFirst()
        .or(this::otherwise)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no plugin runs this kind of hook; look at 'ballot plugins'"));
  }

  private Optional<HookExecutor> otherwise() {
    return kinds.stream().filter(kind -> kind.name().equals(OTHERWISE)).findFirst();
  }
}

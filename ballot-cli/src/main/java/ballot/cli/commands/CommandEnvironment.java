package ballot.cli.commands;

import ballot.cli.process.Redaction;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.KnownSetting;
import ballot.cli.settings.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the command sees of our environment: all but our secrets. Variables of a store that is not
 * used are the command's own affair, unless they can mean nothing but us.
 */
final class CommandEnvironment {

  private CommandEnvironment() {}

  static Map<String, String> of(Surroundings here, EffectiveSettings settings, String backend) {
    Map<String, String> environment = new HashMap<>(here.environment());
    for (KnownSetting known : settings.catalogue().all()) {
      Set<String> variables = variables(known, backend);
      if (known.setting().isSecret()) {
        environment.keySet().removeAll(variables);
      }
      variables.removeIf(name -> !Redaction.hasUserInformation(environment.getOrDefault(name, "")));
      environment.keySet().removeAll(variables);
    }
    return environment;
  }

  private static Set<String> variables(KnownSetting known, String backend) {
    Set<String> variables = new HashSet<>(known.ownVariables());
    boolean isForeign =
        known.scope() instanceof Scope.Backend other && !other.name().equals(backend);
    if (!isForeign) {
      variables.addAll(known.setting().variables());
    }
    return variables;
  }
}

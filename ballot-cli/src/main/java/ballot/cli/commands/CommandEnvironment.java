package ballot.cli.commands;

import ballot.api.Setting;
import ballot.cli.process.Redaction;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.KnownSetting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the command sees of our environment: all but our secrets. */
final class CommandEnvironment {

  private CommandEnvironment() {}

  static Map<String, String> of(Surroundings here, EffectiveSettings settings) {
    Map<String, String> environment = new HashMap<>(here.environment());
    for (KnownSetting known : settings.catalogue().all()) {
      Set<String> variables = variables(known);
      if (known.setting().isSecret()) {
        environment.keySet().removeAll(variables);
      }
      variables.removeIf(name -> !Redaction.hasUserInformation(environment.getOrDefault(name, "")));
      environment.keySet().removeAll(variables);
    }
    return environment;
  }

  private static Set<String> variables(KnownSetting known) {
    Setting<?> setting = known.setting();
    Set<String> variables = new HashSet<>(setting.variables());
    variables.addAll(known.ownVariables());
    return variables;
  }
}

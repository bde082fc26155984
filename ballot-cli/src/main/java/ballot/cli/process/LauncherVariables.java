package ballot.cli.process;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Undoes what the launcher did to the environment for Java's sake alone: the signal that HotSpot
 * uses for itself, a locale in which no letter is lost, options that are meant for another Java.
 *
 * <p>The launcher names in the property {@code ballot.hidden} every variable that is its own, and
 * keeps in {@code BALLOT_WAS_X} what X was before it was changed or taken away. Started without the
 * launcher there is neither, and the environment stays as it is. Values that are not UTF-8 are not
 * promised to survive.
 */
public final class LauncherVariables {

  private static final String WAS = "BALLOT_WAS_";

  private LauncherVariables() {}

  /**
   * The environment as it was before the launcher: what settings are read from, what commands get.
   */
  public static Map<String, String> undo(Map<String, String> environment) {
    return undo(environment, System.getProperty("ballot.hidden", ""));
  }

  static Map<String, String> undo(Map<String, String> environment, String hidden) {
    Set<String> names =
        Arrays.stream(hidden.split(" "))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    Map<String, String> before = new HashMap<>(environment);
    before.keySet().removeAll(names);
    for (String name : names) {
      String value = environment.get(name);
      if (name.startsWith(WAS) && value != null) {
        before.put(name.substring(WAS.length()), value);
      }
    }
    return Map.copyOf(before);
  }
}

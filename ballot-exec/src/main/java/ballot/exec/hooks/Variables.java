package ballot.exec.hooks;

import ballot.api.HookCall;
import ballot.api.Nearest;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The environments of hooks.
 *
 * @param base what all of them begin with
 */
record Variables(Map<String, String> base) {

  private static final String OURS = "BALLOT_RUN_";

  /** Leaves out what is of another run, inside which we may have been started. */
  Variables {
    Map<String, String> rest = new HashMap<>(base);
    rest.keySet().removeIf(name -> name.startsWith(OURS));
    base = Map.copyOf(rest);
  }

  /** The environment of one call. */
  Map<String, String> of(HookCall call) {
    Map<String, String> all = new HashMap<>(base);
    // Some of it was written by strangers, and a variable cannot hold this character.
    call.environment().forEach((name, value) -> all.put(name, value.replace("\0", "")));
    return all;
  }

  /** Values such as a call might have, to try a text with. */
  Map<String, String> examples() {
    Map<String, String> all = new HashMap<>(base);
    HookCall.VARIABLES.forEach(name -> all.put(name, "x"));
    all.put("PORT", "1");
    all.put("BALLOT_RUN_TERM", "1");
    all.put("BALLOT_RUN_FENCING_TOKEN", "1");
    return all;
  }

  /**
   * Checks that a text can be filled in, whatever the call.
   *
   * @throws IllegalArgumentException naming the variable that no hook has
   */
  void check(Text text) {
    text.needed().filter(name -> !isKnown(name)).findFirst().ifPresent(this::refuse);
  }

  private void refuse(String name) {
    throw new IllegalArgumentException(
        "a hook has no variable ${%s}%s; give it a default, ${%s:-…}, or quote it to be left alone"
            .formatted(name, suggestion(name), name));
  }

  private String suggestion(String name) {
    return Nearest.suggestion(
            name, Stream.concat(HookCall.VARIABLES.stream(), base.keySet().stream()))
        .replace("?", "");
  }

  private boolean isKnown(String name) {
    return HookCall.VARIABLES.contains(name) || base.containsKey(name);
  }
}

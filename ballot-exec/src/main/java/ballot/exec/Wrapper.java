package ballot.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that becomes a command when it is told to. One whose output is not relayed does so by
 * itself.
 *
 * @param guard the guard that it will tell
 * @param relay takes its output; null if that does not come through us
 * @param variables what it has in its environment
 */
record Wrapper(
    Launch launch, GuardProcess guard, @Nullable OutputRelay relay, Map<String, String> variables) {

  private static final Logger LOG = System.getLogger(Wrapper.class.getName());

  /** No shell has a variable of such a name that means something to itself. */
  private static final String OURS = "BALLOT_";

  /**
   * Makes the process.
   *
   * @throws IOException if it cannot be made; then none is left
   */
  static Wrapper launch(
      CommandSpec spec, long run, Deadline deadline, GuardProcess guard, ProcessTable table)
      throws IOException {
    Launch launch = Launch.of(spec, run, deadline, guard, table);
    try {
      OutputRelay relay =
          spec.output() instanceof CommandOutput.Relayed
              ? OutputRelay.of("run-" + run, launch.process())
              : null;
      return new Wrapper(launch, guard, relay, spec.variables());
    } catch (IOException noDescriptors) {
      launch.process().destroyForcibly();
      throw noDescriptors;
    }
  }

  /**
   * What has to be said to one with those variables so that it has these; empty where that cannot
   * be said.
   */
  static Optional<String> difference(Map<String, String> has, Map<String, String> wanted) {
    if (!wanted.keySet().containsAll(has.keySet())) {
      return Optional.empty();
    }
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> variable : wanted.entrySet()) {
      String value = variable.getValue();
      if (!value.equals(has.get(variable.getKey()))) {
        if (!variable.getKey().startsWith(OURS)
            || !Shell.isIdentifier(variable.getKey())
            || value.contains("\n")) {
          return Optional.empty();
        }
        lines.append(variable.getKey()).append('=').append(value).append('\n');
      }
    }
    return Optional.of(lines.toString());
  }

  /**
   * Lets it become the command, if it waits for that.
   *
   * @throws IOException if it is gone
   */
  void letGo(Deadline deadline, CommandSpec spec) throws IOException {
    try (OutputStream in = launch.process().getOutputStream()) {
      if (relay != null) {
        String more = difference(variables, spec.variables()).orElseThrow();
        in.write((deadline.word() + "\n" + more + "go\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** Ends one that waits. */
  void hold() throws IOException {
    launch.process().getOutputStream().close();
  }

  /** Ends it, and lets go of its output. Only for one that waits. */
  void dismiss() {
    try {
      hold();
    } catch (IOException gone) {
      LOG.log(Level.TRACE, "a wrapper had ended by itself");
    }
    launch.process().destroyForcibly();
    if (relay != null) {
      relay.callOff();
    }
  }
}

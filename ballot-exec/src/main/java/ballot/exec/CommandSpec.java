package ballot.exec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What to run. It runs in our working directory.
 *
 * @param argv the command and its arguments; the command is looked up on the {@code PATH} that it
 *     sees (see {@link CommandLookup})
 * @param environment variables that are added to ours, or replace ours
 * @param hidden names of variables of ours that the command must not see, such as secrets; does not
 *     apply to {@code environment}
 * @param output where its output goes
 * @param stopTimeout how long what the command leaves behind at its end may take to stop
 * @param workRecord a file that gets the command's line of {@code /proc/PID/stat} before the
 *     command is executed; if it cannot be written the command is not started. Null for none
 */
public record CommandSpec(
    List<String> argv,
    Map<String, String> environment,
    Predicate<String> hidden,
    CommandOutput output,
    Duration stopTimeout,
    @Nullable Path workRecord) {

  /** Copies the collections and checks that there is a command. */
  public CommandSpec {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new IllegalArgumentException("argv names no command");
    }
    if (stopTimeout.isNegative()) {
      throw new IllegalArgumentException("stopTimeout is negative: " + stopTimeout);
    }
  }

  /** A command with our environment, ten seconds to stop, and no record. */
  public static CommandSpec of(CommandOutput output, String... argv) {
    return new CommandSpec(
        List.of(argv), Map.of(), name -> false, output, Duration.ofSeconds(10), null);
  }

  /** All variables that the command sees: ours, less those that it must not, and its own. */
  Map<String, String> variables() {
    Map<String, String> all = new HashMap<>(System.getenv());
    all.keySet().removeIf(hidden);
    all.putAll(environment);
    return all;
  }
}

package ballot.exec.hooks;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import java.util.List;
import java.util.Map;

/**
 * Hooks that are command lines, split like a shell would and run without one: quotes, backslashes
 * and comments as in a shell, <code>${NAME}</code> and <code>${NAME:-default}</code> from the
 * hook's own environment, in single quotes left alone. {@code $NAME} without braces, {@code *},
 * {@code ~} and semicolons have no meaning here, as in ncode/ballot; pipes and redirections are
 * refused, since they would silently be arguments.
 *
 * <p>The program runs in a session of its own with an empty standard input, in our directory; it
 * succeeds when it exits with 0. What it leaves behind in its session is ended.
 */
public final class CommandHooks implements HookExecutor {

  /** For the service loader. */
  public CommandHooks() {}

  @Override
  public String name() {
    return "command";
  }

  @Override
  public String summary() {
    return "runs a command line, split like a shell would but without one: promote \"${ADDRESS}\"";
  }

  @Override
  public boolean claims(String text) {
    return false;
  }

  @Override
  public Hook prepare(String text, Map<String, String> environment) {
    List<Text> words = Words.of(text);
    if (words.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no command in it: write one, such as /usr/local/bin/promote ${ADDRESS}");
    }
    return ProgramHook.of(words, new Variables(environment));
  }
}

package ballot.exec.hooks;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import java.util.List;
import java.util.Map;

/**
 * Hooks that are scripts: {@code sh:} and what {@code sh -c} is to run. The text is left to the
 * shell as it is, so variables are the shell's business too. Otherwise as {@link CommandHooks}.
 */
public final class ShellHooks implements HookExecutor {

  private static final String PREFIX = "sh:";

  /** For the service loader. */
  public ShellHooks() {}

  @Override
  public String name() {
    return "sh";
  }

  @Override
  public String summary() {
    return "runs a script of the shell: sh: logger \"$BALLOT_RUN_ROLE\" && promote";
  }

  @Override
  public boolean claims(String text) {
    return text.startsWith(PREFIX);
  }

  @Override
  public Hook prepare(String text, Map<String, String> environment) {
    String script = claims(text) ? text.substring(PREFIX.length()).strip() : text.strip();
    if (script.isEmpty()) {
      throw new IllegalArgumentException("there is no script behind sh:");
    }
    List<Text> words = List.of(Text.literal("sh"), Text.literal("-c"), Text.literal(script));
    return ProgramHook.of(words, new Variables(environment));
  }
}

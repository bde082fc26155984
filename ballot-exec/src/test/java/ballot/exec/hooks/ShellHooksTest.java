package ballot.exec.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Hook;
import ballot.api.HookExecutor;
import ballot.api.HookOutcome;
import ballot.testkit.HookCalls;
import ballot.testkit.HookContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellHooksTest extends HookContract {

  @TempDir Path folder;
  private Scripts scripts;

  @BeforeEach
  void writeScripts() {
    scripts = new Scripts(folder);
  }

  @Override
  protected HookExecutor executor() {
    return new ShellHooks();
  }

  @Override
  protected Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("HOOK_MARK", scripts.mark());
    return environment;
  }

  @Override
  protected String succeeding() {
    return "sh: true && true";
  }

  @Override
  protected String failing() {
    return "sh:echo it went wrong; exit 3";
  }

  @Override
  protected String hanging() {
    return "sh:" + scripts.hanging();
  }

  @Override
  protected boolean isAtWork() throws Exception {
    return scripts.isAnyAlive();
  }

  @Override
  protected String flooding() {
    return "sh: while :; do yes >&2 & yes; done";
  }

  @Override
  protected String telling() {
    return "sh: env > " + folder.resolve("told");
  }

  @Override
  protected String told() throws Exception {
    return Files.readString(folder.resolve("told"));
  }

  @Override
  protected Map<String, String> mistakes() {
    return Map.of("sh:", "no script", "sh:  ", "no script", "sh: a\0b", "NUL");
  }

  @Test
  void leaves_the_text_to_the_shell() {
    List<String> lines = new ArrayList<>();
    Hook hook =
        executor()
            .prepare("sh: x=$ADDRESS; echo \"${x%.*}\" '${PORT}' | tr a-z A-Z >&2", environment());

    HookOutcome outcome =
        hook.run(
            HookCalls.promotion(),
            Duration.ofSeconds(20),
            (line, error) -> lines.add(error + " " + line));

    assertThat(outcome).isEqualTo(new HookOutcome(true, "status 0"));
    assertThat(lines).containsExactly("true 192.0.2 ${PORT}");
  }

  @Test
  void is_claimed_by_its_prefix_alone() {
    assertThat(executor().claims("sh: true")).isTrue();
    assertThat(executor().claims("sh -c true")).isFalse();
    assertThat(executor().claims("/bin/sh:")).isFalse();
  }
}

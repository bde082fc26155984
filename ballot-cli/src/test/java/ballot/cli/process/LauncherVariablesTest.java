package ballot.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherVariablesTest {

  @Test
  void takes_away_what_the_launcher_set() {
    assertThat(
            LauncherVariables.undo(
                Map.of("_JAVA_SR_SIGNUM", "60", "LC_ALL", "C.UTF-8", "HOME", "/root"),
                "_JAVA_SR_SIGNUM LC_ALL"))
        .isEqualTo(Map.of("HOME", "/root"));
  }

  @Test
  void gives_back_what_was_there_before() {
    assertThat(
            LauncherVariables.undo(
                Map.of(
                    "LC_ALL", "C.UTF-8",
                    "BALLOT_WAS_LC_ALL", "",
                    "BALLOT_WAS_JAVA_TOOL_OPTIONS", "-Xmx1g"),
                " LC_ALL BALLOT_WAS_LC_ALL BALLOT_WAS_JAVA_TOOL_OPTIONS"))
        .isEqualTo(Map.of("LC_ALL", "", "JAVA_TOOL_OPTIONS", "-Xmx1g"));
  }

  @Test
  void leaves_alone_what_only_looks_like_the_launchers() {
    Map<String, String> environment = Map.of("BALLOT_WAS_LC_ALL", "C", "_JAVA_SR_SIGNUM", "50");
    assertThat(LauncherVariables.undo(environment, "")).isEqualTo(environment);
  }
}

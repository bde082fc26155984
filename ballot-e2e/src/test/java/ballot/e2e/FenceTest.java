package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ballot fence} as it is packaged, with real commands, signals and kills. */
final class FenceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A lock that the last process of a command gives back as it ends. */
  private static final String WITNESS = "exec 9>witness; flock -n 9 || touch overlap; ";

  @TempDir private Path folder;

  private Program start(String name, List<String> options, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("fence", "--file", "F"));
    line.addAll(options);
    line.add("--");
    line.addAll(List.of(command));
    return Program.start(folder, name, line);
  }

  private Program start(String name, long token, String... command) throws IOException {
    return start(name, List.of("--token", Long.toString(token)), command);
  }

  /** A command that runs until it is ended, once it runs. */
  private Program startLong(String name, long token) throws Exception {
    Path running = folder.resolve(name + ".running");
    Program program =
        start(name, token, "sh", "-c", WITNESS + "echo $$ > " + running + "; exec sleep 300");
    Await.until(
        PATIENCE,
        () -> name + " did not start",
        () -> Files.exists(running) && Files.readString(running).endsWith("\n"));
    return program;
  }

  private long pidOf(String name) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(name + ".running")).strip());
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private String token() throws IOException {
    return Files.readString(folder.resolve("F"));
  }

  @Test
  void the_status_and_the_streams_are_the_commands_own_and_the_token_is_remembered()
      throws Exception {
    String script = "echo out $BALLOT_RUN_FENCING_TOKEN; cat F; echo err >&2; wc -c; exit 7";
    try (Program program = start("own", 41, "sh", "-c", script)) {
      assertThat(program.await(PATIENCE)).isEqualTo(7);
      assertThat(program.stdout()).isEqualTo("out 41\n41\n0\n");
      assertThat(program.stderr()).isEqualTo("err\n");
    }
    assertThat(folder.resolve("F.running")).doesNotExist();
    assertThat(Files.getPosixFilePermissions(folder.resolve("F"))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(folder.resolve("F.lock"))).hasSize(2);
  }

  @Test
  void an_older_token_is_refused_and_an_equal_one_runs() throws Exception {
    try (Program first = start("first", 7, "true")) {
      assertThat(first.await(PATIENCE)).isZero();
    }
    try (Program older = start("older", 6, "touch", "ran")) {
      assertThat(older.await(PATIENCE)).isEqualTo(75);
      assertThat(older.stderr()).contains("token 6", "7, the highest").hasLineCount(1);
    }
    assertThat(folder.resolve("ran")).doesNotExist();
    try (Program equal = start("equal", 7, "touch", "ran")) {
      assertThat(equal.await(PATIENCE)).isZero();
    }
    assertThat(folder.resolve("ran")).exists();
    assertThat(token()).isEqualTo("7\n");
  }

  @Test
  void who_waits_is_compared_again_after_waiting() throws Exception {
    try (Program leader = startLong("leader", 5);
        Program next = start("next", 5, "touch", "ran")) {
      Await.until(PATIENCE, () -> "nobody waits", () -> waitsForLock(next.pid()));
      // What a call with a newer term would have left, on the disk before the lock came free.
      Files.writeString(folder.resolve("F"), "6\n");
      leader.signal("TERM");
      assertThat(leader.await(PATIENCE)).isEqualTo(128 + 15);
      assertThat(next.await(PATIENCE)).isEqualTo(75);
      assertThat(next.stderr()).contains("token 5", "6, the highest");
    }
    assertThat(folder.resolve("ran")).doesNotExist();
  }

  private static boolean waitsForLock(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(line -> line.contains("->") && line.contains(" " + pid + " "));
  }

  @Test
  void waits_no_longer_than_it_is_told_to() throws Exception {
    try (Program leader = startLong("leader", 5)) {
      for (String wait : List.of("0s", "200ms")) {
        try (Program hurried =
            start("hurried", List.of("--token", "6", "--wait", wait), "touch", "ran")) {
          assertThat(hurried.await(PATIENCE)).isEqualTo(75);
          assertThat(hurried.stderr()).contains("--wait").hasLineCount(1);
        }
      }
      leader.signal("TERM");
      assertThat(leader.await(PATIENCE)).isEqualTo(128 + 15);
    }
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(token()).isEqualTo("5\n");
  }

  @Test
  void signals_are_passed_on_and_a_second_one_to_end_kills() throws Exception {
    String script =
        "trap 'echo usr1' USR1; trap 'echo term' TERM; echo ready; while :; do sleep 0.05; done";
    try (Program program = start("deaf", 1, "sh", "-c", script)) {
      Await.until(PATIENCE, () -> "not ready", () -> program.stdout().contains("ready"));
      program.signal("USR1");
      Await.until(PATIENCE, () -> "no signal came", () -> program.stdout().contains("usr1"));
      program.signal("TERM");
      Await.until(PATIENCE, () -> "no signal came", () -> program.stdout().contains("term"));
      program.signal("TERM");
      assertThat(program.await(PATIENCE)).isEqualTo(128 + 9);
    }
  }

  @Test
  void what_is_killed_takes_its_command_along_before_the_next_one_runs() throws Exception {
    try (Program killed = startLong("killed", 3);
        Program next = start("next", 4, "sh", "-c", WITNESS)) {
      Await.until(PATIENCE, () -> "nobody waits", () -> waitsForLock(next.pid()));
      killed.signal("KILL");
      assertThat(next.await(PATIENCE)).isZero();
    }
    assertThat(folder.resolve("overlap")).doesNotExist();
  }

  @Test
  void what_outlives_its_guard_too_is_ended_by_the_next_one() throws Exception {
    try (Program killed = startLong("killed", 3)) {
      long guard =
          ProcessHandle.of(killed.pid())
              .orElseThrow()
              .children()
              .filter(child -> commandLine(child.pid()).contains("ballot-guard"))
              .findFirst()
              .orElseThrow()
              .pid();
      killed.signal("STOP");
      new ProcessBuilder("kill", "-KILL", Long.toString(guard)).start().waitFor();
      Await.until(PATIENCE, () -> "the guard lives", () -> !commandLine(guard).contains("guard"));
      killed.signal("KILL");
      killed.await(PATIENCE);
      assertThat(lives(pidOf("killed"))).isTrue();
      try (Program next = start("next", 4, "sh", "-c", WITNESS)) {
        assertThat(next.await(PATIENCE)).isZero();
      }
    }
    assertThat(folder.resolve("overlap")).doesNotExist();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  @Test
  void takes_its_token_from_the_run_around_it() throws Exception {
    List<String> line =
        List.of(
            "run",
            "once",
            "--backend",
            "local",
            "--local-dir",
            folder.resolve("dir").toString(),
            "--on-child-success",
            "exit",
            "--wrap-child-logs=false",
            "--",
            Program.launcher().toString(),
            "fence",
            "--file",
            "F",
            "--",
            "sh",
            "-c",
            "echo token $BALLOT_RUN_FENCING_TOKEN of $BALLOT_RUN_ELECTION");
    for (int term = 1; term <= 2; term++) {
      try (Program program = Program.start(folder, "recipe", Map.of(), line)) {
        assertThat(program.await(PATIENCE)).isZero();
        assertThat(program.stdout()).isEqualTo("token " + term + " of ballot/election\n");
      }
      assertThat(token()).isEqualTo(term + "\n");
    }
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While another leads, the process that is to become the command is there already. */
final class StandbyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void what_stands_by_becomes_the_command_with_the_term_that_was_won() throws Exception {
    try (Program leader = candidate("first");
        Program waiter = candidate("second")) {
      Await.until(PATIENCE, () -> "nothing stands by", () -> standby(waiter) != 0);
      long waiting = standby(waiter);

      leader.signal("TERM");

      Await.until(
          PATIENCE, () -> "not at work", () -> waiter.stdout().contains("command started: pid"));
      assertThat(waiter.stdout()).contains("command started: pid " + waiting);
      Await.until(
          PATIENCE, () -> "says nothing", () -> waiter.stdout().contains("leads: true, term: 2"));
    }
  }

  @Test
  void it_goes_when_who_waits_is_killed() throws Exception {
    try (Program leader = candidate("first");
        Program waiter = candidate("second")) {
      Await.until(PATIENCE, () -> "nothing stands by", () -> standby(waiter) != 0);
      ProcessHandle waiting = ProcessHandle.of(standby(waiter)).orElseThrow();

      waiter.signal("KILL");

      Await.until(PATIENCE, () -> "it is left over", () -> !waiting.isAlive());
      assertThat(leader.isAlive()).isTrue();
    }
  }

  private Program candidate(String id) throws Exception {
    Program program =
        Program.start(
            folder,
            id,
            List.of(
                "run",
                "once",
                "--backend=local",
                "--local-dir=" + folder.resolve("elections"),
                "--candidate-id=" + id,
                "--",
                "sh",
                "-c",
                "echo \"leads: $BALLOT_RUN_LEADER, term: $BALLOT_RUN_FENCING_TOKEN\"; sleep 600"));
    String sign = id.equals("first") ? "command started" : "waiting: ";
    Await.until(PATIENCE, () -> id + " did not say " + sign, () -> says(program, sign));
    return program;
  }

  private static boolean says(Program program, String sign) throws IOException {
    return program.stdout().contains(sign);
  }

  /** What waits to become the command of a candidate; 0 for nothing. */
  private static long standby(Program program) {
    return ProcessHandle.of(program.pid())
        .orElseThrow()
        .children()
        .filter(child -> words(child).contains("\0ballot-run\0") && words(child).contains("leads:"))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(0);
  }

  private static String words(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import ballot.e2e.site.ZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of leaders and of those who wait while a whole ensemble is away for 20 seconds. */
@Tag("server")
final class OutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  /** The session timeout, and what a busy machine needs. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void a_leader_stops_in_time_or_keeps_its_role_as_asked_and_all_take_part_again()
      throws Exception {
    try (ZooKeeper servers = ZooKeeper.start(folder, 3);
        Program stops = candidate(servers, "stops", "terminate", "command started");
        Program waits = candidate(servers, "waits", "terminate", "waiting: held by stops@");
        Program keeps = candidate(servers, "keeps", "keep", "command started");
        Program stays = candidate(servers, "stays", "keep", "waiting: held by keeps@")) {

      long gone = System.nanoTime();
      servers.killAll();

      Await.until(LEASE, () -> "not stopped", () -> stops.stdout().contains("command ended"));
      while (System.nanoTime() - gone < OUTAGE.toNanos()) {
        assertThat(keeps.stdout()).doesNotContain("command ended");
        assertThat(waits.stdout() + stays.stdout()).doesNotContain("command started");
        Thread.sleep(100);
      }
      servers.startAll();

      Await.until(
          PATIENCE,
          () -> "nobody works again, see " + folder,
          () -> starts(stops) + starts(waits) == 2);
      Await.until(
          PATIENCE,
          () -> "keeps is not seen to lead",
          () -> info(servers, "keep").contains("id: keeps"));
      assertThat(keeps.stdout()).doesNotContain("command ended");
      keeps.signal("TERM");
      Await.until(PATIENCE, () -> "stays did not follow, see " + folder, () -> starts(stays) == 1);
      assertThat(List.of(stops, waits, stays)).allMatch(Program::isAlive);
    }
  }

  private static int starts(Program program) throws Exception {
    return (int) program.stdout().lines().filter(line -> line.contains("command started")).count();
  }

  private Program candidate(ZooKeeper servers, String id, String policy, String sign)
      throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "once", "--candidate-id", id));
    line.addAll(servers.options());
    line.addAll(List.of("--on-lease-loss", policy, "--election", "outage/" + policy));
    line.addAll(List.of("--", "sleep", "600"));
    Program program = Program.start(folder, id, line);
    Await.until(
        PATIENCE, () -> id + " did not say '" + sign + "'", () -> program.stdout().contains(sign));
    return program;
  }

  private String info(ZooKeeper servers, String policy) throws Exception {
    List<String> line = new ArrayList<>(List.of("info", "--election", "outage/" + policy));
    line.addAll(servers.options());
    try (Program program = Program.start(folder, "info", line)) {
      return program.await(PATIENCE) == 0 ? program.stdout() : "";
    }
  }
}

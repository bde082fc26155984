package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HashiCorp's own {@code consul lock} and ours, on one key. */
@Tag("server")
final class ConsulLockTest {

  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void excludes_and_is_excluded_by_consul_lock() throws Exception {
    try (Consul consul = Consul.start(folder)) {
      MixedRounds rounds = new MixedRounds(Files.createDirectory(folder.resolve("r")), consul);
      MixedRounds.Result result = rounds.run(ROUNDS, System.out);
      assertThat(result.overlaps()).isEmpty();
      assertThat(result.rounds()).isEqualTo(2 * ROUNDS);
    }
  }

  @Test
  void a_semaphore_of_consul_lock_is_refused_with_a_clear_line() throws Exception {
    try (Consul consul = Consul.start(folder)) {
      Process semaphore =
          consul
              .command(List.of("lock", "-n", "3", "-shell=false", "service/sem", "sleep", "30"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("semaphore.log").toFile())
              .start();
      Await.until(
          Duration.ofSeconds(10),
          () -> "consul lock -n did not take its key",
          () -> consul.get("/v1/kv/service/sem/.lock").contains("Flags"));
      List<String> line =
          List.of(
              "run",
              "once",
              "--backend",
              "consul",
              "--consul-address",
              consul.address(),
              "--election",
              "service/sem/.lock",
              "--",
              "true");
      try (Program program = Program.start(folder, "refused", line)) {
        assertThat(program.await(Duration.ofSeconds(20))).isEqualTo(78);
        assertThat(program.stdout() + program.stderr()).contains("semaphore", "service/sem/.lock");
      } finally {
        semaphore.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_schedule_beside_consul_lock_says_once_that_nobody_can_know_what_that_ran()
      throws Exception {
    try (Consul consul = Consul.start(folder)) {
      Process lock =
          consul
              .command(List.of("lock", "-shell=false", "service/cron", "sleep", "120"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("lock.log").toFile())
              .start();
      Await.until(
          PATIENCE,
          () -> "consul lock did not take its key",
          () -> consul.get("/v1/kv/service/cron/.lock").contains("\"Session\""));
      List<String> line = new ArrayList<>(List.of("run", "cron", "--schedule", "@every 1s"));
      line.addAll(consul.options());
      line.addAll(List.of("--election", "service/cron/.lock", "--", "echo", "a run"));
      try (Program cron = Program.start(folder, "cron", line)) {
        Await.until(
            PATIENCE, cron::stdoutOrNothing, () -> cron.stdout().contains("keeps no ledger"));
        assertThat(cron.stdout())
            .contains("WARN", "held by another tool, session ")
            .doesNotContain("a run");

        lock.destroy();

        Await.until(PATIENCE, cron::stdoutOrNothing, () -> cron.stdout().contains("a run"));
        assertThat(cron.stdout().lines().filter(said -> said.contains("keeps no ledger")))
            .hasSize(1);
        cron.signal("TERM");
        cron.await(PATIENCE);
      } finally {
        lock.destroyForcibly().waitFor();
      }
    }
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Consul;
import ballot.e2e.site.ZooKeeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten rounds a backend; {@code bench/rounds} does a hundred. */
final class RoundsTest {

  private static final int ROUNDS = 7;

  @TempDir private Path folder;

  @Test
  void two_never_run_at_once_on_the_local_backend() throws Exception {
    List<String> backend =
        List.of("--backend", "local", "--local-dir", folder.resolve("elections").toString());
    check(new Rounds(Files.createDirectory(folder.resolve("rounds")), backend, System.out));
  }

  @Test
  @Tag("server")
  void two_never_run_at_once_on_consul() throws Exception {
    try (Consul consul = Consul.start(folder)) {
      Path rounds = Files.createDirectory(folder.resolve("rounds"));
      check(new Rounds(rounds, consul.options(), System.out));
    }
  }

  @Test
  @Tag("server")
  void two_never_run_at_once_on_zookeeper() throws Exception {
    rounds(1);
  }

  @Test
  @Tag("server")
  void two_never_run_at_once_on_an_ensemble_of_three() throws Exception {
    rounds(3);
  }

  private void rounds(int servers) throws Exception {
    try (ZooKeeper zookeeper = ZooKeeper.start(folder, servers)) {
      Path rounds = Files.createDirectory(folder.resolve("rounds"));
      check(new Rounds(rounds, zookeeper.options(), System.out));
    }
  }

  private static void check(Rounds rounds) throws Exception {
    Rounds.Result result = rounds.run(ROUNDS);
    assertThat(result.overlaps()).isEmpty();
    assertThat(result.tokensGrow()).isTrue();
    assertThat(result.waiterAlive()).isGreaterThanOrEqualTo(ROUNDS * 9 / 10);
  }
}

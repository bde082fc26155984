package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import ballot.e2e.site.ZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples under configs/ work as they are. */
final class ConfigsTest {

  @TempDir private Path folder;

  @Test
  void once_runs_a_command() throws Exception {
    try (Consul consul = Consul.start(folder)) {
      runsHello("once.yaml", "--consul-address", consul.address());
    }
  }

  @Test
  void zookeeper_runs_a_command() throws Exception {
    try (ZooKeeper servers = ZooKeeper.start(folder, 1)) {
      runsHello("zookeeper.yaml", "--zookeeper-servers", servers.servers());
    }
  }

  private void runsHello(String config, String option, String value) throws Exception {
    String file = Program.root().resolve("configs").resolve(config).toString();
    List<String> line =
        List.of("run", "once", "--config", file, option, value, "--", "echo", "hello");
    try (Program program = Program.start(folder, "once", line)) {
      assertThat(program.await(Duration.ofSeconds(30))).as(program.stderr()).isZero();
      assertThat(program.stdout()).contains("election=ballot/nightly-backup", "hello");
    }
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

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
    String file = Program.root().resolve("configs/once.yaml").toString();
    try (Consul consul = Consul.start(folder);
        Program program =
            Program.start(
                folder,
                "once",
                List.of(
                    "run",
                    "once",
                    "--config",
                    file,
                    "--consul-address",
                    consul.address(),
                    "--",
                    "echo",
                    "hello"))) {
      assertThat(program.await(Duration.ofSeconds(30))).as(program.stderr()).isZero();
      assertThat(program.stdout()).contains("election=ballot/nightly-backup", "hello");
    }
  }
}

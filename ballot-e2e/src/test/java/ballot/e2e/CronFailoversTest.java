package ballot.e2e;

import static ballot.e2e.pausing.Window.CLAIM_ANSWERED;
import static ballot.e2e.pausing.Window.CLAIM_SENT;
import static ballot.e2e.pausing.Window.CLAIM_TAKEN;
import static ballot.e2e.pausing.Window.COMMAND_STARTED;
import static ballot.e2e.pausing.Window.OUTCOME_SENT;
import static ballot.e2e.pausing.Window.OUTCOME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.pausing.Window;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight killed leaders a backend; {@code bench/cron-failovers} kills sixty. */
final class CronFailoversTest {

  private static final List<Window> WINDOWS =
      List.of(
          CLAIM_SENT,
          CLAIM_ANSWERED,
          COMMAND_STARTED,
          OUTCOME_SENT,
          CLAIM_TAKEN,
          CLAIM_ANSWERED,
          COMMAND_STARTED,
          OUTCOME_TAKEN);

  @TempDir private Path folder;

  @Test
  void no_tick_is_run_twice_or_lost_without_a_word_on_the_local_backend() throws Exception {
    check("local");
  }

  @Test
  @Tag("server")
  void no_tick_is_run_twice_or_lost_without_a_word_on_consul() throws Exception {
    check("consul");
  }

  @Test
  @Tag("server")
  void no_tick_is_run_twice_or_lost_without_a_word_on_zookeeper() throws Exception {
    check("zookeeper");
  }

  private void check(String backend) throws Exception {
    CronFailovers.Result result = CronFailovers.on(backend, folder, WINDOWS, System.out);
    assertThat(result.faults()).isEmpty();
    assertThat(result.kills()).isEqualTo(WINDOWS.size());
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} of ballot leaves behind; {@code bench/killed} does fifty rounds a shell. */
final class KilledTest {

  private static final int ROUNDS = 3;

  @TempDir private Path folder;

  @Test
  void leaves_no_process_of_the_command_for_a_second() throws Exception {
    for (String shell : Killed.SHELLS) {
      Killed.Result result = new Killed(folder.resolve(shell), shell).run(ROUNDS, System.out);
      assertThat(result.goneInTime()).as(shell).isEqualTo(ROUNDS);
    }
  }
}

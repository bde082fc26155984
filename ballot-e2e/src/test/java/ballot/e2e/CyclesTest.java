package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A short run of what {@code bench/cycles} does for many minutes. */
@Tag("server")
final class CyclesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What comes and goes: a connection, a thread of the JVM's. One held on to in ten shows. */
  private static final long FEW = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local", "consul", "zookeeper"})
  void two_hundred_leaderships_leave_nothing_behind(String backend) throws Exception {
    try (Cycles cycles = new Cycles(folder, Stores.of(backend, folder))) {
      Cycles.Look early = cycles.lookAfter(50, PATIENCE);
      Cycles.Look late = cycles.lookAfter(200, PATIENCE);
      System.out.println(Cycles.HEADING + "\n" + early + "\n" + late);
      assertThat(late.store()).isEqualTo(early.store());
      assertThat(late.descriptors() - early.descriptors()).isLessThan(FEW);
      assertThat(late.threads() - early.threads()).isLessThan(FEW);
      assertThat(late.heap() - early.heap()).isLessThan(150 * 1024);
    }
  }
}

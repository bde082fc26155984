package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units under configs/systemd/, by systemd's own check. */
final class UnitsTest {

  private static final String INSTALLED = "/usr/local/bin/ballot";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ballot.service", "ballot@.service"})
  void systemd_finds_nothing_wrong(String unit) throws Exception {
    String text = Files.readString(Program.root().resolve("configs/systemd").resolve(unit));
    assertThat(text).contains(INSTALLED);
    Path here = folder.resolve(unit);
    Files.writeString(here, text.replace(INSTALLED, Program.launcher().toString()));

    Process check =
        new ProcessBuilder("systemd-analyze", "verify", here.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}

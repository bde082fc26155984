package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {

  @ParameterizedTest
  @ValueSource(strings = {"sh", "a b", ") R 1 1 1", "((", "))) S 2 3 4", "Web Content", ""})
  void reads_on_behind_the_name_whatever_it_is(String name) {
    byte[] line =
        ("42 (" + name + ") S 7 40 39 34816 41 0 0 0 0 0 0 0 0 0 20 0 1 0 123456 0 0\n")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(ProcessStat.parse(line, line.length))
        .isEqualTo(new ProcessStat(42, 'S', 7, 40, 39, 34816, 41, 123456));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "42", "42 (sh) S 7", "x (sh) S 7 40 39 0 0 0", "42 (sh S 7 40"})
  void is_not_fooled_by_something_else(String text) {
    byte[] line = text.getBytes(StandardCharsets.ISO_8859_1);

    assertThat(ProcessStat.parse(line, line.length)).isNull();
  }

  @Test
  void sees_a_real_process_with_an_odd_name(@TempDir Path folder) throws Exception {
    Path program = folder.resolve("a) S (b");
    Files.copy(Path.of("/bin/sleep"), program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Process process = new ProcessBuilder("setsid", program.toString(), "100").start();
    try {
      Await.until("it has its own session", () -> Processes.inSession(process.pid()).size() == 1);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}

package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of what {@code bench/wrong-input} does for minutes. */
final class WrongInputTest {

  private static final int INPUTS = 5_000;
  private static final int STARTS = 10;

  @TempDir private Path folder;

  @Test
  void is_used_or_refused_in_one_line_and_starts_nothing() throws Exception {
    WrongInput wrong = new WrongInput(folder, root(), System.nanoTime() & 0xffff);
    wrong.inOneProcess(INPUTS);
    // As the launcher has it: Java itself goes by the list of users.
    String home = "-Duser.home=" + folder.resolve("home");
    wrong.inProcessesOfTheirOwn(
        STARTS, List.of(java(), home, "-cp", classPath(), "ballot.cli.Main"));
    System.out.println("by status: " + wrong.verdicts().statuses());
    assertThat(wrong.verdicts().complaints()).isEmpty();
    assertThat(wrong.verdicts().statuses()).containsKeys(0, 64, 78);
  }

  private static Path root() {
    Path module = Path.of("").toAbsolutePath();
    Path parent = module.getParent();
    return module.endsWith("ballot-cli") && parent != null ? parent : module;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Of this very JVM, however its class path was handed over. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> entry.startsWith("file:") ? Path.of(URI.create(entry)).toString() : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }
}

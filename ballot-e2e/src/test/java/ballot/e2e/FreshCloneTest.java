package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minute of a new user. */
final class FreshCloneTest {

  @TempDir private Path folder;

  private record Ended(int status, String stdout, String stderr, Duration took) {}

  @Test
  void builds_itself_quietly_and_runs_then_runs_at_once() throws Exception {
    Path root = Program.root();
    Path clone = folder.resolve("clone");
    run(folder, "git", "clone", "-q", "file://" + root, clone.toString());

    Ended first = hello(clone);
    assertThat(first.status()).as(first.stderr()).isZero();
    assertThat(first.stdout().lines().filter(line -> line.contains("hello"))).hasSize(1);
    assertThat(first.stderr().lines()).isNotEmpty().allMatch(line -> line.startsWith("ballot: "));
    assertThat(run(clone, "git", "status", "--porcelain").stdout()).isEmpty();

    Ended second = hello(clone);
    assertThat(second.status()).isZero();
    assertThat(second.stdout().lines().filter(line -> line.contains("hello"))).hasSize(1);
    assertThat(second.stderr()).isEmpty();
    assertThat(second.took()).isLessThan(first.took().dividedBy(3));
    System.out.printf(
        "fresh clone: built and answered in %.1f s, the second time in %d ms%n",
        first.took().toMillis() / 1e3, second.took().toMillis());
  }

  private Ended hello(Path clone) throws Exception {
    return run(
        clone,
        "./ballot",
        "run",
        "once",
        "--candidate-id",
        "me",
        "--on-child-success",
        "exit",
        "--backend",
        "local",
        "--",
        "echo",
        "hello");
  }

  private Ended run(Path directory, String... line) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(line))
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    long before = System.nanoTime();
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err), took);
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a leader is stepped forth and back an hour, and no tick is lost or run twice. */
final class CronClockTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void a_clock_that_is_stepped_neither_doubles_nor_loses_a_tick() throws Exception {
    CronRuns runs = new CronRuns(folder.resolve("runs"));
    List<String> line =
        new ArrayList<>(
            List.of(
                "run",
                "cron",
                "--schedule",
                "@every 1s",
                "--backend",
                "local",
                "--local-dir",
                folder.resolve("elections").toString(),
                "--"));
    line.addAll(runs.command("true"));
    step("+0");
    try (Program cron = Program.start(folder, "cron", clockInFile(), line)) {
      for (String offset : List.of("+3600", "+0", "-3600", "+0")) {
        int before = runs.all().size();
        Await.until(PATIENCE, () -> "runs go on", () -> runs.all().size() >= before + 4);
        step(offset);
      }
      int before = runs.all().size();
      Await.until(PATIENCE, () -> "runs go on", () -> runs.all().size() >= before + 4);
      cron.signal("TERM");
      cron.await(PATIENCE);
      assertThat(cron.stdout()).contains("the machine's clock was stepped: 1h0m0s forward");
      assertThat(cron.stdout()).contains("the machine's clock was stepped: 1h0m0s back");
      assertThat(runs.doubled()).isEmpty();
      assertThat(runs.missing()).isEmpty();
    }
  }

  /** At once, so that nobody reads half of it. */
  private void step(String offset) throws Exception {
    Path next = Files.writeString(folder.resolve("clock.next"), offset + "\n");
    Files.move(
        next,
        folder.resolve("clock"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, String> clockInFile() throws Exception {
    return Map.of(
        "LD_PRELOAD", library(),
        "FAKETIME_TIMESTAMP_FILE", folder.resolve("clock").toString(),
        "FAKETIME_NO_CACHE", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else the JVM's timed waits return at once
  }

  private static String library() throws Exception {
    try (Stream<Path> places = Files.find(Path.of("/usr/lib"), 4, (path, about) -> true)) {
      return places
          .filter(path -> path.endsWith("faketime/libfaketime.so.1"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("libfaketime is missing; scripts/test installs it"))
          .toString();
    }
  }
}

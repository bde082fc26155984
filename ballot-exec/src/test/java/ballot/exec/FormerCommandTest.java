package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done about a command that a killed ballot left behind. */
final class FormerCommandTest {

  @TempDir private Path folder;

  private Path record(Process process) throws IOException {
    Path record = folder.resolve("record");
    FormerCommand.record(record);
    return Files.writeString(
        record,
        Files.readString(Path.of("/proc/" + process.pid() + "/stat")),
        StandardOpenOption.APPEND);
  }

  /** In a session of its own, with a child in a group of its own. */
  private static Process session() throws Exception {
    Process process =
        new ProcessBuilder("setsid", "sh", "-c", "timeout 300 sleep 300 & echo ready; wait")
            .start();
    process.inputReader().readLine();
    return process;
  }

  @Test
  void nothing_was_left_where_there_is_no_record() throws IOException {
    assertThat(FormerCommand.end(folder.resolve("record"))).isTrue();
    FormerCommand.record(folder.resolve("record"));
    assertThat(FormerCommand.end(folder.resolve("record"))).isTrue();
  }

  @Test
  void what_nobody_else_ends_is_ended_after_a_second() throws Exception {
    Process process = session();
    long child = process.children().findFirst().orElseThrow().pid();
    long began = System.nanoTime();
    assertThat(FormerCommand.end(record(process))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(new ProcessTable().find(child).filter(ProcessStat::isAlive)).isEmpty();
  }

  @Test
  void what_ends_by_itself_is_waited_for() throws Exception {
    Process process = new ProcessBuilder("setsid", "sleep", "0.3").start();
    while (new ProcessTable().find(process.pid()).orElseThrow().session() != process.pid()) {
      Thread.onSpinWait();
    }
    assertThat(FormerCommand.end(record(process))).isTrue();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void who_has_the_number_now_is_left_alone() throws Exception {
    Process process = session();
    Path record = record(process);
    String start = Long.toString(new ProcessTable().find(process.pid()).orElseThrow().start());
    Files.writeString(record, Files.readString(record).replace(" " + start + " ", " 1 "));
    assertThat(FormerCommand.end(record)).isTrue();
    assertThat(process.isAlive()).isTrue();
    Files.writeString(record, "another-life-of-the-machine 1\n" + Files.readString(record));
    assertThat(FormerCommand.end(record)).isTrue();
    assertThat(process.isAlive()).isTrue();
    FormerCommand.end(record(process));
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }
}

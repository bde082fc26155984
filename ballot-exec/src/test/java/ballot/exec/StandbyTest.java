package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made ready before a command is ordered. */
@Timeout(60)
class StandbyTest {

  private static final String SHOW = "echo $$ $BALLOT_RUN_TICK/$BALLOT_RUN_LEADER/$BALLOT_TOKEN";

  private final Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {});
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() throws Exception {
    commands.close();
    Await.until("nothing stands by any more", () -> standby() == 0);
  }

  @Test
  void becomes_the_command_with_what_is_known_only_then() throws Exception {
    commands.prepare(spec(new Recorder(), Map.of("BALLOT_RUN_LEADER", "false"), SHOW));
    long waiting = awaitStandby();

    Map<String, String> then =
        Map.of("BALLOT_RUN_LEADER", "true", "BALLOT_RUN_TICK", " a $b 'c", "BALLOT_TOKEN", "7=8");
    commands.start(spec(recorder, then, SHOW), Deadline.NEVER, recorder);

    assertThat(recorder.exited().status()).isZero();
    assertThat(recorder.pid()).isEqualTo(waiting);
    assertThat(recorder.linesOut()).containsExactly(waiting + " a $b 'c/true/7=8");
  }

  @Test
  void gives_the_command_nothing_to_read() throws Exception {
    commands.prepare(spec(recorder, Map.of(), "cat; echo end"));
    awaitStandby();

    commands.start(spec(recorder, Map.of(), "cat; echo end"), Deadline.NEVER, recorder);

    recorder.exited();
    assertThat(recorder.linesOut()).containsExactly("end");
  }

  @Test
  void is_not_started_once_its_deadline_has_passed(@TempDir Path folder) throws Exception {
    String touch = "touch '" + folder.resolve("touched") + "'";
    commands.prepare(spec(recorder, Map.of(), touch));
    awaitStandby();

    commands.start(spec(recorder, Map.of(), touch), Await.inMillis(-100), recorder);

    assertThat(recorder.notStarted().reason()).isEqualTo(CommandEnd.Reason.LATE);
    assertThat(folder.resolve("touched")).doesNotExist();
  }

  @Test
  void is_of_no_use_to_another_command() throws Exception {
    commands.prepare(spec(recorder, Map.of("BALLOT_A", "1"), SHOW));
    long waiting = awaitStandby();

    commands.start(
        spec(recorder, Map.of("BALLOT_A", "two\nlines"), SHOW), Deadline.NEVER, recorder);

    assertThat(recorder.exited().status()).isZero();
    assertThat(recorder.pid()).isNotEqualTo(waiting);
    assertThat(standby()).isEqualTo(waiting);
    Recorder less = new Recorder();
    commands.start(spec(less, Map.of(), SHOW), Deadline.NEVER, less);
    assertThat(less.exited().status()).isZero();
    assertThat(less.pid()).isNotEqualTo(waiting);
  }

  @Test
  void is_there_once_and_the_latest() throws Exception {
    commands.prepare(spec(recorder, Map.of(), "echo one"));
    long one = awaitStandby();
    commands.prepare(spec(recorder, Map.of(), "echo one"));
    commands.prepare(spec(recorder, Map.of(), "echo two"));

    Await.until("another stands by", () -> standby() != 0 && standby() != one);
    commands.unprepare();
    Await.until("nothing stands by", () -> standby() == 0);
  }

  @Test
  void that_was_killed_is_replaced() throws Exception {
    commands.prepare(spec(recorder, Map.of(), SHOW));
    long waiting = awaitStandby();
    ProcessHandle.of(waiting).orElseThrow().destroyForcibly();
    Await.until("it is gone", () -> standby() == 0);

    commands.start(spec(recorder, Map.of(), SHOW), Deadline.NEVER, recorder);

    assertThat(recorder.exited().status()).isZero();
    assertThat(recorder.pid()).isNotEqualTo(waiting);
  }

  @Test
  void that_knows_another_guard_is_replaced() throws Exception {
    commands.prepare(spec(recorder, Map.of(), SHOW));
    long waiting = awaitStandby();
    long guard = Processes.guards().iterator().next();
    ProcessHandle.of(guard).orElseThrow().destroyForcibly();
    Await.until("the guard is gone", () -> !Processes.guards().contains(guard));

    commands.start(spec(recorder, Map.of(), SHOW), Deadline.NEVER, recorder);

    assertThat(recorder.exited().status()).isZero();
    assertThat(recorder.pid()).isNotEqualTo(waiting);
  }

  @Test
  void leaves_nothing_behind() throws Exception {
    commands.prepare(spec(recorder, Map.of(), SHOW));
    awaitStandby();

    commands.close();

    Await.until("it is gone", () -> standby() == 0);
    commands.prepare(spec(recorder, Map.of(), SHOW));
    assertThat(standby()).isZero();
  }

  @Test
  void goes_with_us_however_we_end(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("touched");
    Process host =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "ballot.exec.Host",
                "--prepare-only",
                "--",
                "touch",
                out.toString())
            .redirectErrorStream(true)
            .start();
    Await.until("something stands by", () -> standbyOf(host.toHandle()) != 0);
    ProcessHandle waiting = ProcessHandle.of(standbyOf(host.toHandle())).orElseThrow();

    host.destroyForcibly();

    waiting.onExit().get(5, TimeUnit.SECONDS);
    assertThat(Files.exists(out)).isFalse();
  }

  private static CommandSpec spec(Recorder recorder, Map<String, String> more, String script) {
    return new CommandSpec(
        List.of("sh", "-c", script),
        more,
        name -> false,
        new CommandOutput.Relayed(recorder),
        Duration.ofSeconds(1),
        null);
  }

  private static long awaitStandby() throws Exception {
    Await.until("something stands by", () -> standby() != 0);
    return standby();
  }

  private static long standby() {
    return standbyOf(ProcessHandle.current());
  }

  /** The wrapper that waits; 0 for none. */
  private static long standbyOf(ProcessHandle parent) {
    return parent
        .children()
        .filter(child -> words(child).contains("\0ballot-run\0"))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElse(0);
  }

  private static String words(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}

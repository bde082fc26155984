package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.exec.CommandEnd.Exited;
import ballot.exec.CommandEnd.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StoppingTest {

  private final Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {});
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    commands.close();
  }

  @ParameterizedTest
  @EnumSource(CommandSignal.class)
  void passes_a_signal_on_to_the_whole_group(CommandSignal signal) throws Exception {
    RunningCommand command =
        start(
            "bash",
            "-c",
            """
            trap 'echo parent got it; exit 3' %1$s
            bash -c 'trap "echo child got it; exit" %1$s; echo ready; while :; do sleep 0.01; done'
            sleep 100
            """
                .formatted(signal));
    recorder.lineAfter("ready");

    command.signal(signal);

    assertThat(recorder.exited().status()).isEqualTo(3);
    assertThat(recorder.linesOut()).contains("parent got it", "child got it");
  }

  @Test
  void delivers_a_signal_that_comes_before_there_is_a_process() throws Exception {
    RunningCommand command = start("sleep", "100");

    command.signal(CommandSignal.HUP);

    assertThat(recorder.exited().status()).isEqualTo(129);
  }

  @Test
  void asks_every_group_of_the_session_to_end() throws Exception {
    RunningCommand command =
        start(
            "bash",
            "-c",
            """
            set -m
            bash -c 'trap "echo other group ends; exit" TERM; echo ready; while :; do sleep 0.01; done' &
            trap 'echo own group ends; exit 0' TERM
            while :; do wait; done
            """);
    recorder.lineAfter("ready");

    command.terminate(CommandSignal.TERM);

    assertThat(recorder.exited().status()).isZero();
    assertThat(recorder.linesOut()).contains("other group ends", "own group ends");
  }

  @Test
  void wakes_a_stopped_command_so_that_it_hears_that_it_is_to_end() throws Exception {
    RunningCommand command =
        start("bash", "-c", "trap 'echo end; exit 4' TERM; echo ready; kill -STOP $$; sleep 100");
    recorder.lineAfter("ready");
    Await.until("it is stopped", () -> Processes.stateOf(recorder.pid()) == 'T');

    command.terminate(CommandSignal.TERM);

    assertThat(recorder.exited().status()).isEqualTo(4);
  }

  @Test
  void does_not_start_a_command_that_was_told_to_end_before() throws Exception {
    RunningCommand command = start("sh", "-c", "echo ran");

    command.terminate(CommandSignal.TERM);

    if (recorder.end() instanceof CommandEnd.NotStarted none) {
      assertThat(none.reason()).isEqualTo(Reason.CANCELLED);
      assertThat(recorder.linesOut()).isEmpty();
    } else {
      assertThat(recorder.exited().status()).isIn(0, 143);
    }
  }

  @Test
  void kills_a_command_in_the_moment_of_its_start() throws Exception {
    for (int i = 0; i < 50; i++) {
      Recorder one = new Recorder();
      RunningCommand command =
          commands.start(
              CommandSpec.of(new CommandOutput.Relayed(one), "sleep", "100"), Deadline.NEVER, one);
      TimeUnit.MICROSECONDS.sleep(i * 100L);

      command.kill();

      if (one.end() instanceof CommandEnd.NotStarted none) {
        assertThat(none.reason()).isEqualTo(Reason.CANCELLED);
      } else {
        assertThat(one.exited().status()).isEqualTo(137);
      }
    }
    assertThat(Processes.childrenOf(ProcessHandle.current().pid()))
        .noneMatch(child -> Processes.commandLine(child.pid()).contains("sleep 100"));
  }

  @Test
  void asks_a_command_in_the_moment_of_its_start() throws Exception {
    for (int i = 0; i < 50; i++) {
      Recorder one = new Recorder();
      RunningCommand command =
          commands.start(
              CommandSpec.of(new CommandOutput.Inherited(), "sleep", "100"), Deadline.NEVER, one);
      TimeUnit.MICROSECONDS.sleep(i * 100L);

      command.terminate(CommandSignal.TERM);

      if (one.end() instanceof CommandEnd.NotStarted none) {
        assertThat(none.reason()).isEqualTo(Reason.CANCELLED);
      } else {
        assertThat(one.exited().status()).isEqualTo(143);
      }
    }
  }

  @Test
  void kills_every_process_of_the_session() throws Exception {
    RunningCommand command = start("bash", "-c", Crowd.SCRIPT);
    recorder.lineAfter("ready");
    long session = recorder.pid();
    assertThat(Processes.inSession(session)).hasSizeGreaterThan(22);
    long start = System.nanoTime();

    command.kill();

    assertThat(recorder.exited().status()).isEqualTo(137);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(Processes.inSession(session)).isEmpty();
  }

  @Test
  void kills_a_command_that_forks_as_fast_as_it_can() throws Exception {
    RunningCommand command =
        start(
            "bash",
            "-c",
            "f() { (f) & (f) & }; ulimit -u 20000; for i in {1..40}; do (while :; do (:) & done) &"
                + " done; echo ready; wait");
    recorder.lineAfter("ready");
    long session = recorder.pid();

    command.kill();

    recorder.exited();
    assertThat(Processes.inSession(session)).isEmpty();
  }

  @Test
  void ends_what_the_command_leaves_behind() throws Exception {
    start("bash", "-c", "sleep 100 & (sleep 100 &) ; timeout 100 sleep 100 & sleep 0.2; exit 5");

    Exited end = recorder.exited();

    assertThat(end.status()).isEqualTo(5);
    assertThat(end.leftovers()).isEqualTo(4);
    assertThat(Processes.inSession(recorder.pid())).isEmpty();
  }

  @Test
  void kills_what_the_command_leaves_behind_after_the_stop_timeout() throws Exception {
    start(
        Duration.ofMillis(300),
        "bash",
        "-c",
        "bash -c 'trap \"echo stays\" TERM; echo ready; while :; do sleep 0.01; done' & sleep 0.2");
    recorder.lineAfter("ready");
    long start = System.nanoTime();

    Exited end = recorder.exited();

    assertThat(end.status()).isZero();
    assertThat(recorder.linesOut()).contains("stays");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    assertThat(Processes.inSession(recorder.pid())).isEmpty();
  }

  @Test
  void hears_what_the_leftovers_say_while_they_end() throws Exception {
    start(
        "bash",
        "-c",
        """
        bash -c 'trap "for i in 1 2 3; do sleep 0.1; echo cleaning \\$i; done; exit" TERM
                 echo ready; while :; do sleep 0.01; done' &
        sleep 0.3
        """);

    assertThat(recorder.exited().leftovers()).isPositive();
    assertThat(recorder.linesOut())
        .containsExactly("ready", "cleaning 1", "cleaning 2", "cleaning 3");
  }

  @Test
  void asks_each_group_only_once_to_end() throws Exception {
    RunningCommand command =
        start(
            "bash",
            "-c",
            """
            bash -c 'trap "echo asked" TERM; echo ready; for i in {1..60}; do sleep 0.01; done; exit' &
            wait
            """);
    recorder.lineAfter("ready");

    command.terminate(CommandSignal.TERM);

    recorder.exited();
    assertThat(recorder.linesOut()).containsExactly("ready", "asked");
  }

  @Test
  void is_not_held_up_by_a_daemon_that_keeps_the_output_open() throws Exception {
    start("bash", "-c", "setsid sleep 3.21 & sleep 0.1; echo done");

    long start = System.nanoTime();
    Exited end = recorder.exited();

    assertThat(end).isEqualTo(new Exited(0, 0, false));
    assertThat(recorder.linesOut()).containsExactly("done");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private RunningCommand start(String... argv) {
    return start(Duration.ofSeconds(5), argv);
  }

  private RunningCommand start(Duration stopTimeout, String... argv) {
    CommandSpec spec =
        new CommandSpec(
            List.of(argv),
            Map.of(),
            name -> false,
            new CommandOutput.Relayed(recorder),
            stopTimeout,
            null);
    return commands.start(spec, Deadline.NEVER, recorder);
  }
}

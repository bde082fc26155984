package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.exec.CommandEnd.Exited;
import ballot.exec.CommandEnd.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CommandsTest {

  private final Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {});
  private final Recorder recorder = new Recorder();

  @AfterEach
  void close() {
    commands.close();
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 7, 7", "exit 125, 125", "kill -TERM $$, 143", "kill -9 $$, 137"})
  void reports_the_status(String script, int status) throws Exception {
    start("sh", "-c", script);

    assertThat(recorder.end()).isEqualTo(new Exited(status, 0, false));
  }

  @Test
  void names_the_signal_that_may_have_killed_it() throws Exception {
    start("sh", "-c", "kill -USR1 $$");

    assertThat(recorder.exited().signal()).contains(CommandSignal.USR1);
  }

  @Test
  void ends_with_127_when_the_command_has_gone_since_it_was_looked_up() throws Exception {
    start("no-such-command-here");

    assertThat(recorder.exited().status()).isEqualTo(127);
  }

  @Test
  void passes_arguments_on_as_they_are() throws Exception {
    start("printf", "<%s>\n", "a b", "", "*", "$HOME", "it's", "\"q\"", "-n", "é", "back\\slash");

    recorder.exited();
    assertThat(recorder.linesOut())
        .containsExactly(
            "<a b>", "<>", "<*>", "<$HOME>", "<it's>", "<\"q\">", "<-n>", "<é>", "<back\\slash>");
  }

  @Test
  void tells_the_two_streams_apart() throws Exception {
    start("sh", "-c", "echo one; echo two >&2");

    recorder.exited();
    assertThat(recorder.linesOut()).containsExactly("one");
    assertThat(recorder.linesErr()).containsExactly("two");
  }

  @Test
  void gives_a_relayed_command_nothing_to_read() throws Exception {
    start("sh", "-c", "readlink /proc/self/fd/0; cat; echo end");

    recorder.exited();
    assertThat(recorder.linesOut()).containsExactly("/dev/null", "end");
  }

  @Test
  void leaves_the_command_only_its_three_descriptors() throws Exception {
    start("sh", "-c", "ls /proc/$$/fd");

    recorder.exited();
    assertThat(recorder.linesOut()).containsExactlyInAnyOrder("0", "1", "2");
  }

  @Test
  void gives_it_a_session_of_its_own() throws Exception {
    start("sh", "-c", "read pid comm state ppid pgrp session rest </proc/self/stat; echo $session");

    long pid = recorder.pid();
    recorder.exited();
    assertThat(recorder.linesOut()).containsExactly(Long.toString(pid));
  }

  @Test
  void blocks_and_ignores_no_signal_on_its_behalf() throws Exception {
    start("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status");

    recorder.exited();
    // Signals 32 and 33 belong to the C library; who ignores them has inherited it from our
    // parents.
    assertThat(recorder.linesOut())
        .allSatisfy(
            line ->
                assertThat(Long.parseLong(line.split(":", 2)[1].strip(), 16) & 0x7fffffffL)
                    .isEqualTo(ignoredByUs(line)));
  }

  @Test
  void hides_variables_and_adds_others() throws Exception {
    String hidden = System.getenv().containsKey("HOME") ? "HOME" : "PATH";
    CommandSpec spec =
        new CommandSpec(
            List.of("/usr/bin/env"),
            Map.of("BALLOT_RUN_LEADER", "true", "my.name", "dotted"),
            hidden::equals,
            new CommandOutput.Relayed(recorder),
            Duration.ofSeconds(1),
            null);

    commands.start(spec, Deadline.NEVER, recorder);

    recorder.exited();
    assertThat(recorder.linesOut())
        .contains("BALLOT_RUN_LEADER=true", "my.name=dotted")
        .noneMatch(line -> line.startsWith(hidden + "="))
        .noneMatch(line -> line.startsWith("_ballot"))
        .noneMatch(line -> line.startsWith("BALLOT_GUARD"))
        .noneMatch(line -> line.startsWith("BALLOT_RUN_WRAPPER"));
  }

  @Test
  void leaves_a_record_of_the_process_before_it_is_executed(@TempDir Path folder) throws Exception {
    Path record = folder.resolve("a work record");
    CommandSpec spec =
        new CommandSpec(
            List.of("cat", record.toString()),
            Map.of(),
            name -> false,
            new CommandOutput.Relayed(recorder),
            Duration.ofSeconds(1),
            record);

    commands.start(spec, Deadline.NEVER, recorder);

    recorder.exited();
    assertThat(recorder.linesOut()).hasSize(1);
    byte[] line = recorder.linesOut().getFirst().getBytes();
    ProcessStat stat = ProcessStat.parse(line, line.length);
    assertThat(stat).isNotNull();
    assertThat(stat.pid()).isEqualTo(recorder.pid());
    assertThat(stat.session()).isEqualTo(recorder.pid());
  }

  @Test
  void does_not_start_it_without_its_record(@TempDir Path folder) throws Exception {
    CommandSpec spec =
        new CommandSpec(
            List.of("touch", folder.resolve("touched").toString()),
            Map.of(),
            name -> false,
            new CommandOutput.Relayed(recorder),
            Duration.ofSeconds(1),
            folder.resolve("missing/record"));

    commands.start(spec, Deadline.NEVER, recorder);

    assertThat(recorder.notStarted().reason()).isEqualTo(Reason.UNRECORDED);
    assertThat(folder.resolve("touched")).doesNotExist();
  }

  @Test
  void runs_several_at_a_time() throws Exception {
    List<Recorder> all = java.util.stream.Stream.generate(Recorder::new).limit(10).toList();

    for (Recorder one : all) {
      commands.start(
          CommandSpec.of(new CommandOutput.Relayed(one), "sh", "-c", "sleep 0.2; echo $$"),
          Deadline.NEVER,
          one);
    }

    for (Recorder one : all) {
      assertThat(one.exited().status()).isZero();
      assertThat(one.linesOut()).containsExactly(Long.toString(one.pid()));
    }
  }

  @Test
  void tells_the_end_once() throws Exception {
    RunningCommand command = start("true");
    recorder.exited();

    command.kill();
    command.terminate(CommandSignal.TERM);
    commands.close();

    assertThat(recorder.ends).hasValue(1);
  }

  @Test
  void leaves_no_thread_and_no_descriptor_behind() throws Exception {
    start("true");
    recorder.exited();
    long threads = threads();
    long descriptors = descriptors();

    for (int i = 0; i < 50; i++) {
      Recorder one = new Recorder();
      commands.start(CommandSpec.of(new CommandOutput.Relayed(one), "true"), Deadline.NEVER, one);
      one.exited();
    }

    Await.until("threads are gone", () -> threads() <= threads);
    Await.until("descriptors are closed", () -> descriptors() <= descriptors);
  }

  @Test
  void kills_what_runs_when_it_is_closed() throws Exception {
    start("sh", "-c", "trap '' TERM; sleep 100");
    long pid = recorder.pid();

    commands.close();

    assertThat(Processes.inSession(pid)).isEmpty();
    Await.until("the guard is gone", () -> Processes.guards().isEmpty());
  }

  private static long threads() {
    // The JDK keeps the threads that wait for processes for a minute.
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("ballot"))
        .count();
  }

  private static long descriptors() throws Exception {
    try (var all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }

  private static long ignoredByUs(String line) {
    long mask = 0;
    if (line.startsWith("SigIgn")) {
      for (CommandSignal signal : IgnoredSignals.ofThisProcess()) {
        mask |= 1L << (signal.number() - 1);
      }
    }
    return mask;
  }

  private RunningCommand start(String... argv) {
    return commands.start(
        CommandSpec.of(new CommandOutput.Relayed(recorder), argv), Deadline.NEVER, recorder);
  }
}

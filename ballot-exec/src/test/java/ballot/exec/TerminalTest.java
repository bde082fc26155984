package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose streams and terminal are ours. */
@Timeout(60)
class TerminalTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash -p", "busybox sh"})
  void lets_the_command_use_the_terminal(String shell) throws Exception {
    try (Tty tty =
        tty(
            shell,
            """
            stty rows 33 cols 77
            HOST --inherit -- bash -c 'stty size; read -p "name? " name </dev/tty; echo "hello $name"; exit 6'
            echo "status $?"
            read -p "more? " more; echo "again $more"
            """)) {
      assertThat(tty.await("33 ")).isEqualTo("77");
      tty.type("world");
      tty.await("hello world");
      assertThat(tty.await("status ")).isEqualTo("6");
      // Afterwards the terminal is the shell's again.
      tty.type("hello");
      tty.await("again hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash -p", "busybox sh"})
  void lets_ctrl_c_reach_the_command_and_not_us(String shell) throws Exception {
    try (Tty tty =
        tty(
            shell,
            """
            HOST --inherit -- bash -c 'trap "echo caught; exit 3" INT; echo up; for i in {1..600}; do sleep 0.1; done'
            echo "status $?"
            """)) {
      tty.await("up");
      tty.interrupt();
      tty.await("caught");
      tty.await("ended Exited.status=3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash -p", "busybox sh"})
  void does_not_let_ctrl_z_suspend_who_leads(String shell) throws Exception {
    try (Tty tty =
        tty(
            shell,
            """
            HOST --inherit -- bash -c 'echo up; for i in {1..30}; do sleep 0.1; done; echo went on; exit 4'
            echo "status $?"
            """)) {
      tty.await("up");
      tty.suspend();
      tty.suspend();
      tty.await("went on");
      assertThat(tty.await("status ")).isEqualTo("4");
    }
  }

  @Test
  void tells_the_command_when_the_window_changes() throws Exception {
    try (Tty tty =
        tty(
            "sh",
            """
            HOST --inherit -- bash -c 'trap "stty size" WINCH; echo tty $(tty); while :; do sleep 0.01; done'
            """)) {
      String device = tty.await("tty /dev/pts/");
      new ProcessBuilder("stty", "-F", "/dev/pts/" + device, "rows", "41").start().waitFor();

      tty.await("41 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash -p", "busybox sh"})
  void kills_the_job_when_we_die_and_not_the_shell_around_us(String shell) throws Exception {
    try (Tty tty =
        tty(
            shell,
            """
            HOST --inherit -- bash -c 'trap "" TERM INT HUP; timeout 60 sleep 60 & echo host $PPID; sleep 60'
            echo "survived"
            sleep 60
            """)) {
      tty.await("host ");
      long job = Long.parseLong(tty.await("started "));
      long session = sessionOf(job);
      Await.until("timeout has begun", () -> count(session, "sleep 60") == 2);

      Processes.signal("KILL", hostIn(session));

      tty.await("survived");
      Await.within(
          Duration.ofSeconds(1),
          "the job is gone",
          () -> Processes.inGroup(job).isEmpty() && count(session, "timeout 60 sleep 60") == 0);
      // The last line of the script itself.
      Await.until("the script goes on", () -> count(session, "sleep 60") == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash -p", "busybox sh"})
  void kills_the_job_when_told_to_and_tells_its_status(String shell) throws Exception {
    try (Tty tty =
        tty(
            shell,
            """
            HOST --inherit --end-when %1$s -- bash -c 'trap "echo asked; : > %1$s.asked" TERM; timeout 60 sleep 60 & touch %1$s; while :; do sleep 0.05; done'
            echo "status $?"
            """
                .formatted(folder.resolve("ready")))) {
      tty.await("asked");
      tty.await("ended Exited.status=137");
      assertThat(tty.await("status ")).isEqualTo("137");
    }
  }

  @Test
  void keeps_away_from_the_terminal_in_the_background() throws Exception {
    try (Tty tty =
        tty(
            "sh",
            """
            set -m
            HOST --inherit -- bash -c 'echo "input $(readlink /proc/self/fd/0)"; ps -o tty= -p $$' &
            wait
            """)) {
      assertThat(tty.await("input ")).isEqualTo("/dev/null");
      tty.await("ended Exited.status=0");
    }
  }

  @Test
  void hands_its_streams_on_where_there_is_no_terminal() throws Exception {
    List<String> words = new ArrayList<>(Victim.javaWords(List.of()));
    words.addAll(List.of("--inherit", "--", "sh", "-c", "cat; echo problem >&2; exit 5"));
    Process host = new ProcessBuilder(words).start();
    try (var in = host.getOutputStream()) {
      in.write("typed ahead\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("typed ahead\n");
    assertThat(new String(host.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("problem\n");
    assertThat(host.waitFor()).isEqualTo(5);
  }

  private Tty tty(String shell, String script) throws IOException {
    return new Tty(folder, List.of("-D" + Shell.COMMAND_PROPERTY + "=" + shell), script);
  }

  private static long sessionOf(long pid) {
    return new ProcessTable().find(pid).orElseThrow().session();
  }

  private static long hostIn(long session) {
    return Processes.inSession(session).stream()
        .map(ProcessStat::pid)
        .filter(pid -> Processes.commandLine(pid).contains(Host.class.getName() + " --inherit"))
        .filter(pid -> Processes.commandLine(pid).contains("java -XX"))
        .findFirst()
        .orElseThrow();
  }

  private static long count(long session, String commandLine) {
    return Processes.inSession(session).stream()
        .filter(process -> Processes.commandLine(process.pid()).equals(commandLine))
        .count();
  }
}

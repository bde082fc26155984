package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.exec.CommandEnd.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when this side dies or is frozen. */
@Timeout(300)
class GuardTest {

  private static final int ROUNDS = 5;

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void kills_every_process_within_a_second_of_our_death(String shell) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      try (Victim victim = Victim.start("--shell", shell, "--", "bash", "-c", Crowd.SCRIPT)) {
        victim.lineAfter("out ready");
        long session = victim.command();
        assertThat(Processes.inSession(session)).hasSizeGreaterThan(22);

        Processes.signal("KILL", victim.pid());

        Await.within(
            Duration.ofSeconds(1), "all are gone", () -> Processes.inSession(session).isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void goes_away_itself_after_our_death(String shell) throws Exception {
    try (Victim victim = Victim.start("--shell", shell, "--", "sleep", "100")) {
      long session = victim.command();
      long guard = victim.guards().getFirst();

      Processes.signal("KILL", victim.pid());

      Await.until("the command is gone", () -> Processes.inSession(session).isEmpty());
      Await.until("the guard is gone", () -> Processes.inSession(guard).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void survives_the_death_of_our_whole_process_group(String shell) throws Exception {
    try (Victim victim = Victim.start("--shell", shell, "--", "bash", "-c", Crowd.SCRIPT)) {
      victim.lineAfter("out ready");
      long session = victim.command();

      Processes.signal("KILL", -victim.pid());

      Await.within(
          Duration.ofSeconds(1), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void ends_the_command_at_its_deadline_when_we_are_frozen(String shell) throws Exception {
    try (Victim victim =
        Victim.start("--shell", shell, "--for-ms", "4000", "--", "bash", "-c", Crowd.SCRIPT)) {
      victim.lineAfter("out ready");
      long session = victim.command();
      long deadline = Long.parseLong(victim.lineAfter("deadline "));

      Processes.signal("STOP", victim.pid());

      Await.until("the deadline", () -> Await.bootCentiseconds() >= deadline - 10);
      assertThat(Processes.inSession(session)).hasSizeGreaterThan(22);
      Await.until("the deadline", () -> Await.bootCentiseconds() >= deadline);
      Await.within(
          Duration.ofMillis(500), "all are gone", () -> Processes.inSession(session).isEmpty());
      Processes.signal("CONT", victim.pid());
      assertThat(victim.lineAfter("ended ")).contains("status=137").contains("overdue=true");
    }
  }

  @Test
  void lets_the_command_go_on_when_its_deadline_is_extended() throws Exception {
    Recorder recorder = new Recorder();
    try (Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {})) {
      RunningCommand command =
          commands.start(
              CommandSpec.of(new CommandOutput.Relayed(recorder), "sleep", "100"),
              Await.inMillis(2000),
              recorder);
      recorder.pid();
      Deadline first = Await.inMillis(2000);

      command.extend(Await.inMillis(3000));

      Await.until("the first deadline", () -> Await.bootCentiseconds() > first.centiseconds() + 20);
      assertThat(recorder.end).isNotDone();
      assertThat(recorder.exited()).isEqualTo(new CommandEnd.Exited(137, 0, true));
    }
  }

  @Test
  void does_not_start_a_command_whose_deadline_has_passed(@TempDir Path folder) throws Exception {
    Recorder recorder = new Recorder();
    try (Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {})) {
      commands.start(
          CommandSpec.of(
              new CommandOutput.Relayed(recorder), "touch", folder.resolve("ran").toString()),
          new Deadline(Await.bootCentiseconds()),
          recorder);

      assertThat(recorder.notStarted().reason()).isEqualTo(Reason.LATE);
      assertThat(folder.resolve("ran")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void leaks_nothing_when_we_die_at_any_moment_of_a_start(String shell) throws Exception {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10; i++) {
      String mark = "300.%d".formatted(Math.abs(random.nextLong()));
      try (Victim victim = Victim.start("--shell", shell, "--without-end", "--", "sleep", mark)) {
        victim.command();
        // Five starts are under way or have just come to their end.
        TimeUnit.MICROSECONDS.sleep(random.nextInt(50_000));

        Processes.signal("KILL", victim.pid());

        Await.within(
            Duration.ofSeconds(1),
            "nothing is left (seed %d, round %d)".formatted(seed, i),
            () -> Processes.withCommandLine(mark).isEmpty());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void is_replaced_when_it_alone_is_killed(String shell) throws Exception {
    try (Victim victim = Victim.start("--shell", shell, "--", "bash", "-c", Crowd.SCRIPT)) {
      victim.lineAfter("out ready");
      long session = victim.command();
      long first = victim.guards().getFirst();

      Processes.signal("KILL", first);

      victim.lineAfter("replaced ");
      assertThat(victim.guards()).hasSize(1).doesNotContain(first);
      assertThat(Processes.inSession(session)).hasSizeGreaterThan(22);
      Processes.signal("KILL", victim.pid());
      Await.within(
          Duration.ofSeconds(1), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }

  @Test
  void is_replaced_when_it_alone_is_frozen() throws Exception {
    try (Victim victim = Victim.start("--", "sleep", "100")) {
      long session = victim.command();
      Processes.signal("STOP", victim.guards().getFirst());

      Await.within(
          Duration.ofSeconds(20),
          "another",
          () -> victim.guards().stream().anyMatch(this::isAwake));
      victim.lineAfter("replaced ");

      Processes.signal("KILL", victim.pid());
      Await.within(
          Duration.ofSeconds(1), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }

  @Test
  void keeps_the_deadline_when_it_was_replaced() throws Exception {
    try (Victim victim = Victim.start("--for-ms", "4000", "--", "sleep", "100")) {
      long session = victim.command();
      long deadline = Long.parseLong(victim.lineAfter("deadline "));
      Processes.signal("KILL", victim.guards().getFirst());
      victim.lineAfter("replaced ");

      Processes.signal("STOP", victim.pid());

      Await.until("the deadline", () -> Await.bootCentiseconds() >= deadline);
      Await.within(
          Duration.ofMillis(500), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }

  @Test
  void is_not_impressed_by_polite_signals() throws Exception {
    try (Victim victim = Victim.start("--", "sleep", "100")) {
      long session = victim.command();
      long guard = victim.guards().getFirst();
      for (String signal : List.of("TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "PIPE")) {
        Processes.signal(signal, guard);
      }

      Processes.signal("KILL", victim.pid());

      Await.within(
          Duration.ofSeconds(1), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }

  @Test
  void holds_nothing_of_ours_open() throws Exception {
    try (Victim victim = Victim.start("--", "sleep", "100")) {
      victim.command();
      Path guard = Path.of("/proc/" + victim.guards().getFirst());

      assertThat(Files.readSymbolicLink(guard.resolve("cwd"))).isEqualTo(Path.of("/"));
      assertThat(Files.readSymbolicLink(guard.resolve("fd/2"))).isEqualTo(Path.of("/dev/null"));
      // Two pipes: what we tell it, and what it answers. A shell keeps copies while it reads.
      assertThat(openFiles(guard))
          .allMatch(file -> file.equals("/dev/null") || file.startsWith("pipe:"))
          .hasSize(3);
      String environment = Files.readString(guard.resolve("environ"));
      assertThat(environment.split("\0"))
          .allMatch(variable -> variable.matches("(?s)(PATH|LC_ALL|BALLOT_GUARD)=.*"));
    }
  }

  /** What its descriptors stand for, each once, but for the files of /proc that it looks into. */
  private static Set<String> openFiles(Path process) throws IOException {
    Set<String> files = new TreeSet<>();
    try (var open = Files.list(process.resolve("fd"))) {
      for (Path descriptor : (Iterable<Path>) open::iterator) {
        try {
          files.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException closedMeanwhile) {
          // it was open for a moment only
        }
      }
    }
    files.removeIf(file -> file.startsWith("/proc/"));
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash -p", "busybox sh", "dash"})
  void costs_next_to_nothing_while_it_waits(String shell) throws Exception {
    try (Victim victim =
        Victim.start("--shell", shell, "--for-ms", "60000", "--", "sleep", "100")) {
      victim.command();
      long guard = victim.guards().getFirst();
      long before = cpuTicks(guard);
      long start = Await.bootCentiseconds();

      Await.until("three seconds", () -> Await.bootCentiseconds() > start + 300);

      // A tick is 10 ms.
      assertThat(cpuTicks(guard) - before).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void nothing_starts_without_a_guard() throws Exception {
    Recorder recorder = new Recorder();
    List<String> missing = new ArrayList<>();
    GuardListener listener =
        new GuardListener() {
          @Override
          public void missing(String why) {
            missing.add(why);
          }
        };
    try (Commands commands = Commands.open(Shell.named("/no/such/shell"), listener)) {
      commands.start(
          CommandSpec.of(new CommandOutput.Relayed(recorder), "true"), Deadline.NEVER, recorder);

      assertThat(recorder.notStarted().reason()).isEqualTo(Reason.UNGUARDED);
      assertThat(missing).hasSize(1);
    }
  }

  private boolean isAwake(long guard) {
    return Processes.stateOf(guard) != 'T';
  }

  /** CPU time of a process and its dead children. */
  private static long cpuTicks(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ");
    long ticks = 0;
    for (int i = 11; i <= 14; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }
}

package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * {@code kill -9} of ballot with a command of twenty processes that ignore SIGTERM, one of them
 * under {@code timeout}, one forked twice, one stopped: how long until all are gone.
 */
final class Killed {

  /** The shells that the guard can run in. */
  static final List<String> SHELLS = List.of("bash", "busybox", "dash");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PROCESSES = 20;

  private final Path folder;
  private final String shell;

  Killed(Path folder, String shell) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.shell = shell;
  }

  record Result(int rounds, int goneInTime, long medianMillis, long longestMillis) {}

  Result run(int rounds, PrintStream report) throws Exception {
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      times.add(round("m" + ProcessHandle.current().pid() + "r" + round + shell));
    }
    Collections.sort(times);
    int inTime = (int) times.stream().filter(millis -> millis <= 1_000).count();
    Result result = new Result(rounds, inTime, times.get(rounds / 2), times.getLast());
    report.printf(
        "guard in %-7s all %d processes gone within 1 s in %d of %d, median %d ms, maximum %d ms%n",
        shell, PROCESSES, inTime, rounds, result.medianMillis(), result.longestMillis());
    return result;
  }

  private long round(String mark) throws Exception {
    Path command = command(mark);
    List<String> line =
        List.of(
            "run",
            "once",
            "--backend",
            "local",
            "--local-dir",
            folder.resolve("e").toString(),
            "--election",
            mark,
            "--",
            command.toString(),
            mark);
    try (Program program =
        Program.start(folder, mark, Map.of("BALLOT_JAVA_OPTS", guardShell()), line)) {
      Await.until(
          PATIENCE,
          () -> "the command did not reach " + PROCESSES + " processes: " + program,
          () -> processes(mark) >= PROCESSES && Files.exists(folder.resolve(mark + "-ready")));
      long before = System.nanoTime();
      program.signal("KILL");
      Await.until(PATIENCE, () -> processes(mark) + " are left", () -> processes(mark) == 0);
      return (System.nanoTime() - before) / 1_000_000;
    }
  }

  /** Busybox is a shell under the name of one. */
  private String guardShell() throws IOException {
    Path named = folder.resolve("ash");
    if (shell.equals("busybox") && !Files.exists(named)) {
      Path busybox = Path.of("/bin/busybox");
      Files.createSymbolicLink(
          named, Files.exists(busybox) ? busybox : Path.of("/usr/bin/busybox"));
    }
    return "-Dballot.guard.shell=" + (shell.equals("busybox") ? named : shell);
  }

  private Path command(String mark) throws IOException {
    Path command = folder.resolve(mark + "-command");
    Files.writeString(
        command,
        """
        #!/bin/bash
        trap '' TERM
        sleeper='trap "" TERM; while :; do sleep 1; done'
        for i in $(seq 16); do bash -c "$sleeper" "$1" & done
        timeout 300 bash -c "$sleeper" "$1" &
        (bash -c "$sleeper" "$1" & bash -c "$sleeper" "$1" &) # the one between them ends
        bash -c "$sleeper" "$1" &
        kill -STOP $!
        touch "%s/$1-ready"
        while :; do sleep 1; done
        """
            .formatted(folder));
    command.toFile().setExecutable(true);
    return command;
  }

  /** Living processes that carry the mark, ballot's own left out. */
  private static int processes(String mark) {
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        count += carries(process, mark) ? 1 : 0;
      }
    } catch (IOException gone) {
      return count;
    }
    return count;
  }

  private static boolean carries(Path process, String mark) {
    try {
      byte[] line = Files.readAllBytes(process.resolve("cmdline"));
      String text = new String(line, StandardCharsets.UTF_8);
      return text.contains("\0" + mark + "\0") && !text.contains("--election");
    } catch (IOException gone) {
      return false;
    }
  }

  /** {@code ROUNDS FOLDER}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    boolean all = true;
    for (String shell : SHELLS) {
      int rounds = Integer.parseInt(arguments[0]);
      Path folder = Path.of(arguments[1]).toAbsolutePath().resolve(shell);
      all &= new Killed(folder, shell).run(rounds, System.out).goneInTime() == rounds;
    }
    System.exit(all ? 0 : 1);
  }
}

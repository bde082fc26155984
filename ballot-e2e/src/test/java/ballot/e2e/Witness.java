package ballot.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches from outside that the commands of two candidates never run at once.
 *
 * <p>In two ways that know nothing of ballot: every process of a command holds one exclusive lock
 * on a witness file through a descriptor that its children inherit, so a second command finds it
 * taken for as long as any process of the first lives; and a sampler reads the process table.
 */
final class Witness implements AutoCloseable {

  /** Unlike that of any other run of this test on the machine. */
  private static final String MARK = "ballot-witness-" + ProcessHandle.current().pid() + "-of-";

  /** Watching must not keep what is watched from running. */
  private static final long PAUSE_NANOS = 1_000_000;

  private final Path folder;
  private final Path command;
  private final Thread sampler;
  private final List<String> seenTogether = new ArrayList<>();
  private volatile long samples;
  private volatile boolean closed;

  Witness(Path folder) throws IOException {
    this.folder = folder;
    this.command = folder.resolve("command");
    Files.writeString(
        command,
        """
        #!/bin/bash
        # $1: mark of the candidate. Ends when a file "stop-$1" appears.
        exec 9>>"%1$s/witness"
        if ! flock -n -x 9; then
          echo "$1" >> "%1$s/overlaps"
          exit 99
        fi
        echo "$1 $BALLOT_RUN_FENCING_TOKEN $(date +%%s%%N)" >> "%1$s/starts"
        if [ "$2" != alone ]; then
          bash -c 'trap "" TERM; while :; do sleep 0.05; done' "$1-stubborn" &
          bash -c 'while :; do sleep 0.05; done' "$1-child" &
        fi
        while [ ! -e "%1$s/stop-$1" ]; do sleep 0.01; done
        exit 0
        """
            .formatted(folder));
    command.toFile().setExecutable(true);
    Files.createFile(folder.resolve("starts"));
    this.sampler = Thread.ofPlatform().daemon(true).name("sampler").start(this::sample);
  }

  /** The command of a candidate, with children that outlive it if nobody ends them. */
  List<String> command(String candidate) {
    return List.of(command.toString(), MARK + candidate);
  }

  /** The same without children, for a tool that does not care for them. */
  List<String> commandAlone(String candidate) {
    return List.of(command.toString(), MARK + candidate, "alone");
  }

  /** Makes the candidate's command end by itself. */
  void letEnd(String candidate) throws IOException {
    Files.createFile(folder.resolve("stop-" + MARK + candidate));
  }

  /** What was seen: who started, with which fencing token, when (nanoseconds, wall clock). */
  List<Start> starts() throws IOException {
    return Files.readAllLines(folder.resolve("starts")).stream()
        .filter(line -> line.split(" ").length == 3)
        .map(Start::of)
        .toList();
  }

  record Start(String candidate, long token, long atNanos) {
    static Start of(String line) {
      String[] parts = line.split(" ");
      return new Start(
          parts[0].substring(MARK.length()), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
  }

  long samples() {
    return samples;
  }

  /** Every overlap that either way of looking has seen. */
  synchronized List<String> overlaps() throws IOException {
    List<String> all = new ArrayList<>(seenTogether);
    Path file = folder.resolve("overlaps");
    if (Files.exists(file)) {
      Files.readAllLines(file).forEach(line -> all.add("witness file taken, seen by " + line));
    }
    return all;
  }

  /** A process of a command, told from another of the same number by when it began. */
  private record Seen(String candidate, long pid, String began) {}

  private static List<Seen> running() {
    List<Seen> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        look(process, found);
      }
    } catch (IOException gone) {
      return found;
    }
    return found;
  }

  private static void look(Path process, List<Seen> found) {
    try {
      String line =
          new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
      if (!line.contains(MARK) || line.contains("--candidate-id") || line.contains("-shell=")) {
        return; // another program, or ballot or consul lock with the command as their arguments
      }
      if (line.contains("\0ballot-run\0")) {
        return; // what waits to become the command, and may never do so
      }
      int start = line.indexOf(MARK) + MARK.length();
      int end = start;
      while (end < line.length() && Character.isLetterOrDigit(line.charAt(end))) {
        end++;
      }
      long pid = Long.parseLong(process.getFileName().toString());
      found.add(new Seen(line.substring(start, end), pid, began(pid)));
    } catch (IOException gone) {
      // it ended while we looked
    }
  }

  private static String began(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
  }

  private static boolean isAlive(Seen seen) {
    try {
      String path = "/proc/" + seen.pid() + "/stat";
      String stat = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
      return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z")
          && began(seen.pid()).equals(seen.began());
    } catch (IOException gone) {
      return false;
    }
  }

  /** The candidates of which some process of a command is alive. */
  static Set<String> alive() {
    Set<String> candidates = new HashSet<>();
    running().stream().filter(Witness::isAlive).forEach(seen -> candidates.add(seen.candidate()));
    return candidates;
  }

  /**
   * A scan takes time, so two that were seen in it may have followed each other. If both are alive
   * after the scan, there was a moment for both.
   */
  private void sample() {
    while (!closed) {
      LockSupport.parkNanos(PAUSE_NANOS);
      List<Seen> seen = running();
      samples++;
      if (seen.stream().map(Seen::candidate).distinct().count() > 1) {
        List<Seen> still = seen.stream().filter(Witness::isAlive).toList();
        if (still.stream().map(Seen::candidate).distinct().count() > 1) {
          synchronized (this) {
            seenTogether.add("seen together: " + still);
          }
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    Files.writeString(folder.resolve("samples"), Long.toString(samples), StandardOpenOption.CREATE);
  }
}

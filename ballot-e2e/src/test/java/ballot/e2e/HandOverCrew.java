package ballot.e2e;

import ballot.e2e.HandOverTimes.Mark;
import ballot.e2e.HandOverTimes.What;
import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * So many candidates of one tool in one election. Whoever has led is replaced by a new one, so that
 * each that takes over does so for the first time in its life.
 */
final class HandOverCrew implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How the leader leaves. */
  enum Ending {
    COMMAND_ENDS,
    SIGTERM
  }

  /**
   * What is stood with.
   *
   * @param name for the table
   * @param line the words before the command of a candidate in an election, both by name
   * @param waits whether so many candidates are in line, as far as can be told from outside
   * @param endings how its leader can leave in order
   */
  record Tool(String name, Line line, Waits waits, List<Ending> endings) {}

  /** Words before a command. */
  interface Line {
    List<String> of(String election, String candidate);
  }

  /** Whether a candidate is in line. */
  interface Waits {
    boolean holds(String output, int candidates) throws IOException;
  }

  /** One hand-over: milliseconds from the leader's last word, and from the order to it. */
  record Gap(double fromEnd, double fromOrder) {}

  private final Tool tool;
  private final int size;
  private final Path folder;
  private final HandOverTimes times;
  private final Map<String, Process> candidates = new LinkedHashMap<>();
  private String leader = "";
  private long token;
  private int started;

  HandOverCrew(Tool tool, int size, Path folder) throws IOException {
    this.tool = tool;
    this.size = size;
    this.folder = folder;
    this.times = new HandOverTimes(folder);
  }

  Tool tool() {
    return tool;
  }

  int size() {
    return size;
  }

  /** What all of them have used of the processors. */
  double processorSeconds() {
    return candidates.values().stream()
        .flatMap(candidate -> candidate.info().totalCpuDuration().stream())
        .mapToDouble(used -> used.toNanos() / 1e9)
        .sum();
  }

  /** Brings the candidates up to their number, one after the other. */
  void fill() throws Exception {
    while (candidates.size() < size) {
      String name = "c" + ++started;
      long before = times.size();
      candidates.put(name, start(name));
      if (leader.isEmpty()) {
        leader = awaitStart(before, name).candidate();
      } else {
        Await.until(
            PATIENCE,
            () -> name + " of " + tool.name() + " did not wait: " + output(name),
            () -> tool.waits().holds(output(name), candidates.size()));
      }
    }
  }

  private Process start(String name) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(tool.line().of(folder.getFileName().toString(), name));
    line.addAll(times.command(name));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".out").toFile());
    builder.environment().keySet().removeIf(Program::wouldConfigure);
    return builder.start();
  }

  /** The leader leaves, another one leads. */
  Gap handOver(Ending ending) throws Exception {
    long before = times.size();
    String leaving = leader;
    switch (ending) {
      case COMMAND_ENDS -> times.letEnd(leaving);
      case SIGTERM ->
          times.terminate(leaving, Objects.requireNonNull(candidates.get(leaving)).pid());
    }
    Mark next = awaitStart(before, leaving + "'s successor");
    leader = next.candidate();
    Map<What, Long> marks = new HashMap<>();
    times.since(before).stream()
        .filter(mark -> mark.candidate().equals(leaving))
        .forEach(mark -> marks.put(mark.what(), mark.micros()));
    bury(leaving);
    Long ended = marks.get(What.END);
    if (ended == null || ended > next.micros() || (token > 0 && next.token() <= token)) {
      throw new AssertionError(tool.name() + ": " + times.since(before) + " after token " + token);
    }
    token = next.token();
    long ordered = marks.getOrDefault(What.TERM, ended);
    return new Gap((next.micros() - ended) / 1e3, (next.micros() - ordered) / 1e3);
  }

  private void bury(String name) throws InterruptedException, IOException {
    Process over = candidates.remove(name);
    if (over == null || !over.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(name + " of " + tool.name() + " goes on: " + output(name));
    }
  }

  private Mark awaitStart(long size, String whose) throws Exception {
    List<Mark> starts = new ArrayList<>();
    Await.until(
        PATIENCE,
        () -> "no command of " + whose + " (" + tool.name() + ", " + folder + ")",
        () ->
            times.size() > size
                && starts.addAll(
                    times.since(size).stream().filter(m -> m.what() == What.START).toList()));
    return starts.getFirst();
  }

  private String output(String name) {
    try {
      return Files.readString(folder.resolve(name + ".out"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() throws InterruptedException {
    List<Process> waiting = new ArrayList<>(candidates.values());
    // From the end of the line, lest each of them comes to lead.
    List<ProcessHandle> below = new ArrayList<>();
    for (Process candidate : waiting.reversed()) {
      candidate.descendants().forEach(below::add);
      candidate.destroy();
    }
    for (Process candidate : waiting) {
      if (!candidate.waitFor(20, TimeUnit.SECONDS)) {
        candidate.destroyForcibly();
      }
    }
    below.forEach(ProcessHandle::destroyForcibly); // flock leaves its command to itself
  }
}

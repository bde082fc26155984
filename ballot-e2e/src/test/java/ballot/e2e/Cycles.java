package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One process of the packaged program that is elected, runs a command, gives leadership back and
 * stands again, thousands of times; and what it holds on to meanwhile.
 *
 * <p>The live heap is what the JVM's own histogram counts, which collects garbage first: its
 * resident memory grows with the garbage that it is allowed to keep, so that a leak shows late. It
 * is shown all the same, for what lies outside of the heap, and so is the guard's.
 */
final class Cycles implements AutoCloseable {

  /** What a cycle may add to the live heap over the second half. */
  private static final double MOST_BYTES_A_CYCLE = 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOOKS = 5;

  /** Threads that the JVM keeps for a while: those that compile, and a reaper that is idle. */
  private static final Set<String> COME_AND_GO =
      Set.of("process reaper", "C1 CompilerThre", "C2 CompilerThre");

  private static final String COMMAND =
      "echo . >> cycles; while [ -e hold ]; do echo . > held; sleep 0.02; done";

  private final Path folder;
  private final Store store;
  private final Program program;

  /** Where leadership is held, and what is counted there. */
  interface Store extends AutoCloseable {

    List<String> options();

    Map<String, Long> counts() throws IOException;

    @Override
    void close() throws InterruptedException;
  }

  /** What there was after so many cycles, while a command was running. */
  record Look(
      long cycles,
      long descriptors,
      long threads,
      long heap,
      long resident,
      long guard,
      Map<String, Long> store) {

    /** What must not change. */
    List<Object> fixed() {
      return List.of(descriptors, threads, store);
    }

    @Override
    public String toString() {
      return "%7d %12d %8d %10d KiB %8d KiB %6d KiB  %s"
          .formatted(cycles, descriptors, threads, heap / 1024, resident, guard, store);
    }
  }

  static final String HEADING =
      "%7s %12s %8s %14s %12s %10s  %s"
          .formatted("cycles", "descriptors", "threads", "live heap", "resident", "guard", "store");

  /** Begins at once. */
  Cycles(Path folder, Store store) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.store = store;
    List<String> line = new ArrayList<>(List.of("run", "once"));
    line.addAll(store.options());
    line.addAll(List.of("--election", "bench/cycles", "--candidate-id", "one"));
    line.addAll(List.of("--on-child-success", "reelect", "--rerun-delay", "0s"));
    line.addAll(List.of("--", "sh", "-c", COMMAND));
    this.program = Program.start(folder, "cycles", line);
  }

  /** Waits for so many cycles, holds the command of the last one, and counts. */
  Look lookAfter(long cycles, Duration atMost) throws Exception {
    await(atMost, "cycle " + cycles, () -> cycles() >= cycles);
    Path hold = Files.writeString(folder.resolve("hold"), "");
    awaitHeld();
    long heap = heap();
    Look look = settled(heap);
    Files.delete(hold);
    return look;
  }

  /** What ends with a cycle may be just about to: so until a few looks in a row are the same. */
  private Look settled(long heap) throws Exception {
    long began = System.nanoTime();
    Look last = look(heap);
    for (int same = 1; same < LOOKS; ) {
      awaitHeld();
      Look next = look(heap);
      same = next.fixed().equals(last.fixed()) ? same + 1 : 1;
      last = next;
      if (System.nanoTime() - began > PATIENCE.toNanos()) {
        throw new AssertionError("it does not settle: " + last);
      }
    }
    return last;
  }

  /** A command is running; on a machine that is short of time leadership may be lost meanwhile. */
  private void awaitHeld() throws Exception {
    Path held = folder.resolve("held");
    Files.deleteIfExists(held);
    await(PATIENCE, "held", () -> Files.exists(held));
  }

  private void await(Duration atMost, String what, Await.Condition condition) throws Exception {
    Await.until(
        atMost,
        () -> what + " did not come: " + program.stdoutOrNothing().lines().count() + " lines",
        () -> {
          if (!program.isAlive()) {
            throw new AssertionError("it has ended: " + program.stdout() + program.stderr());
          }
          return condition.holds();
        });
  }

  private long cycles() throws IOException {
    Path file = folder.resolve("cycles");
    return Files.exists(file) ? Files.size(file) / 2 : 0;
  }

  private Look look(long heap) throws IOException {
    Path proc = Path.of("/proc/" + program.pid());
    return new Look(
        cycles(),
        entries(proc.resolve("fd")),
        threads(proc.resolve("task")),
        heap,
        resident(proc),
        guard(),
        store.counts());
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static long threads(Path tasks) throws IOException {
    long count = 0;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        count += COME_AND_GO.contains(nameOf(thread)) ? 0 : 1;
      }
    }
    return count;
  }

  private static String nameOf(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).replace("\n", "");
    } catch (IOException ended) {
      return COME_AND_GO.iterator().next();
    }
  }

  private static long resident(Path proc) throws IOException {
    return number("VmRSS:\\s+(\\d+)", Files.readString(proc.resolve("status")));
  }

  private long guard() throws IOException {
    for (ProcessHandle child : ProcessHandle.of(program.pid()).orElseThrow().children().toList()) {
      Path proc = Path.of("/proc/" + child.pid());
      if (Files.readString(proc.resolve("cmdline")).contains("ballot-guard")) {
        return resident(proc);
      }
    }
    throw new AssertionError("there is no guard");
  }

  private long heap() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Path output = folder.resolve("histogram");
    new ProcessBuilder(jcmd, Long.toString(program.pid()), "GC.class_histogram")
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start()
        .waitFor();
    return number("Total\\s+\\d+\\s+(\\d+)", Files.readString(output));
  }

  private static long number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in: " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    try {
      program.signal("TERM");
      program.await(PATIENCE);
    } finally {
      program.close();
      store.close();
    }
  }

  /** Bytes that a cycle added to the live heap over the second half of the looks. */
  static double slope(List<Look> looks) {
    Look middle = looks.get(looks.size() / 2 - 1 + looks.size() % 2);
    Look last = looks.getLast();
    return (double) (last.heap() - middle.heap()) / (last.cycles() - middle.cycles());
  }

  private static boolean bench(Path folder, String backend, int cycles, PrintStream out)
      throws Exception {
    List<Look> looks = new ArrayList<>();
    out.println(backend + "\n" + HEADING);
    long before = System.nanoTime();
    try (Cycles running = new Cycles(folder, Stores.of(backend, folder))) {
      for (int step = 1; step <= 10; step++) {
        looks.add(running.lookAfter((long) cycles * step / 10, Duration.ofHours(1)));
        out.println(looks.getLast());
      }
    }
    boolean isEqual = looks.getFirst().fixed().equals(looks.getLast().fixed());
    boolean isFlat = slope(looks) < MOST_BYTES_A_CYCLE;
    out.printf(
        "%s: %.1f ms a cycle; descriptors, threads and store %s; live heap %+.0f bytes a cycle over"
            + " the second half: %s%n%n",
        backend,
        (System.nanoTime() - before) / 1e6 / cycles,
        isEqual ? "equal at a tenth and at the end" : "DIFFER",
        slope(looks),
        isFlat ? "flat" : "GROWS");
    return isEqual && isFlat;
  }

  /** {@code CYCLES FOLDER BACKEND…}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    boolean holds = true;
    for (String backend : Arrays.asList(arguments).subList(2, arguments.length)) {
      Path folder = Files.createDirectories(Path.of(arguments[1], backend).toAbsolutePath());
      holds &= bench(folder, backend, Integer.parseInt(arguments[0]), System.out);
    }
    System.exit(holds ? 0 : 1);
  }
}

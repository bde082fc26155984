package ballot.e2e;

import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long from a start to what the user wanted, beside what the user would start instead, one
 * after the other in turns so that a noisy machine disturbs all alike.
 *
 * <p>Prints medians and spreads in milliseconds, and each as a multiple of an empty JVM's in the
 * same run. {@code ROUNDS FOLDER}.
 */
final class StartTimes {

  /** What a program has when it does nothing. */
  static final class Empty {
    /** Does nothing. */
    public static void main(String[] arguments) {}
  }

  private final Path folder;
  private final Map<String, List<String>> programs = new LinkedHashMap<>();
  private final Map<String, List<Double>> times = new LinkedHashMap<>();

  private StartTimes(Path folder, Consul consul) {
    this.folder = folder;
    String ballot = Program.launcher().toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String started = folder.resolve("started").toString();
    List<String> command = List.of("sh", "-c", "date +%s%N > '" + started + "'");
    String local = folder.resolve("elections").toString();
    programs.put(
        "empty JVM",
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            Empty.class.getName()));
    programs.put("ballot --help", List.of(ballot, "--help"));
    programs.put(
        "ballot info, local", List.of(ballot, "info", "--backend", "local", "--local-dir", local));
    programs.put("ballot info, consul", with(List.of(ballot, "info"), consul.options()));
    programs.put(
        "ballot run once, local, to command",
        with(
            List.of(ballot, "run", "once", "--backend", "local", "--local-dir", local),
            with(List.of("--on-child-success", "exit", "--"), command)));
    programs.put(
        "ballot run once, consul, to command",
        with(
            with(List.of(ballot, "run", "once"), consul.options()),
            with(List.of("--on-child-success", "exit", "--"), command)));
    programs.put("flock, to command", with(List.of("flock", started + ".lock"), command));
    programs.put(
        "consul lock, to command",
        with(
            List.of(
                Consul.program(), "lock", "-http-addr", consul.address(), "-shell=false", "bench"),
            command));
    programs.keySet().forEach(name -> times.put(name, new ArrayList<>()));
  }

  private static List<String> with(List<String> head, List<String> tail) {
    List<String> all = new ArrayList<>(head);
    all.addAll(tail);
    return all;
  }

  private void round(boolean counted) throws IOException, InterruptedException {
    for (Map.Entry<String, List<String>> program : programs.entrySet()) {
      double millis = time(program.getKey(), program.getValue());
      if (counted) {
        times.getOrDefault(program.getKey(), new ArrayList<>()).add(millis);
      }
    }
  }

  private double time(String name, List<String> line) throws IOException, InterruptedException {
    Path started = folder.resolve("started");
    Files.deleteIfExists(started);
    Path output = folder.resolve("output");
    Instant before = Instant.now();
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int status = process.waitFor();
    Instant ended = Instant.now();
    if (status != 0) {
      throw new IllegalStateException(
          name + " ended with " + status + ": " + Files.readString(output));
    }
    return (name.endsWith("to command")
            ? Long.parseLong(Files.readString(started).strip()) - nanos(before)
            : nanos(ended) - nanos(before))
        / 1e6;
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private void print(PrintStream out) {
    times.values().forEach(Collections::sort);
    double empty = median(times.getOrDefault("empty JVM", List.of()));
    out.printf("%-38s %9s %9s %9s %12s%n", "", "median", "minimum", "maximum", "empty JVMs");
    times.forEach(
        (name, values) ->
            out.printf(
                "%-38s %6.1f ms %6.1f ms %6.1f ms %12.1f%n",
                name, median(values), values.getFirst(), values.getLast(), median(values) / empty));
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  /** {@code ROUNDS FOLDER}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    try (Consul consul = Consul.start(folder)) {
      StartTimes bench = new StartTimes(folder, consul);
      bench.round(false);
      for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
        bench.round(true);
      }
      bench.print(System.out);
    }
  }
}

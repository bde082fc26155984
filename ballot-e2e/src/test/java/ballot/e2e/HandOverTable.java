package ballot.e2e;

import ballot.e2e.HandOverCrew.Ending;
import ballot.e2e.HandOverCrew.Gap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What came of hand-overs, as a table for people and as JSON. All times are milliseconds. */
final class HandOverTable {

  private record Row(String tool, int candidates, String measure) {}

  private final Map<Row, List<Double>> rows = new LinkedHashMap<>();
  private final String machine = machine();
  private final String loadBefore = load();

  void add(HandOverCrew crew, Ending ending, Gap gap) {
    switch (ending) {
      case COMMAND_ENDS -> add(crew, "command ended -> next starts", gap, Gap::fromEnd);
      case SIGTERM -> {
        add(crew, "after SIGTERM: command ended -> next starts", gap, Gap::fromEnd);
        add(crew, "after SIGTERM: signal -> next starts", gap, Gap::fromOrder);
      }
    }
  }

  private void add(HandOverCrew crew, String measure, Gap gap, ToDoubleFunction<Gap> part) {
    rows.computeIfAbsent(
            new Row(crew.tool().name(), crew.size(), measure), row -> new ArrayList<>())
        .add(part.applyAsDouble(gap));
  }

  void print(PrintStream out) throws IOException {
    out.printf("%s; load before: %s, after: %s%n", machine, loadBefore, load());
    out.printf(
        "%-12s %4s  %-44s %6s %8s %8s %8s %8s%n",
        "", "of", "ms", "rounds", "least", "median", "99 %", "worst");
    rows.forEach(
        (row, values) -> {
          List<Double> sorted = values.stream().sorted().toList();
          out.printf(
              "%-12s %4d  %-44s %6d %8.1f %8.1f %8.1f %8.1f%n",
              row.tool(),
              row.candidates(),
              row.measure(),
              sorted.size(),
              sorted.getFirst(),
              part(sorted, 50),
              part(sorted, 99),
              sorted.getLast());
        });
    out.flush();
  }

  void printJson(PrintStream out) throws IOException {
    List<String> objects = new ArrayList<>();
    rows.forEach(
        (row, values) -> {
          List<Double> sorted = values.stream().sorted().toList();
          objects.add(
              """
              {"tool": "%s", "candidates": %d, "measure": "%s", "rounds": %d, "least": %.3f, \
              "median": %.3f, "p99": %.3f, "worst": %.3f, "all": %s}\
              """
                  .formatted(
                      row.tool(),
                      row.candidates(),
                      row.measure(),
                      sorted.size(),
                      sorted.getFirst(),
                      part(sorted, 50),
                      part(sorted, 99),
                      sorted.getLast(),
                      values));
        });
    out.printf(
        "{\"machine\": \"%s\", \"load\": {\"before\": \"%s\", \"after\": \"%s\"},%n"
            + " \"milliseconds\": [%n  %s]}%n",
        machine, loadBefore, load(), String.join(",\n  ", objects));
    out.flush();
  }

  private static double part(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("processor unknown");
    return "%d x %s, Linux %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor,
            System.getProperty("os.version"),
            Runtime.version().feature());
  }

  private static String load() throws IOException {
    return String.join(
        " ", List.of(Files.readString(Path.of("/proc/loadavg")).split(" ")).subList(0, 3));
  }

  HandOverTable() throws IOException {}
}

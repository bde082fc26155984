package ballot.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long after its tick a command of {@code run cron} begins, the claim's write included: a tick
 * a second, the command says when it began, by the same clock. {@code TICKS BACKEND FOLDER}, where
 * the backend is {@code local}, {@code consul} or {@code zookeeper}.
 */
final class CronLag {

  private static final int WARM_UP = 5;

  private CronLag() {}

  /** Prints one line. */
  public static void main(String[] arguments) throws Exception {
    int ticks = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[2]);
    switch (arguments[1]) {
      case "local" ->
          measure(
              ticks,
              folder,
              arguments[1],
              List.of("--backend", "local", "--local-dir", folder.resolve("local").toString()));
      case "consul" -> {
        try (Consul consul = Consul.start(folder)) {
          measure(ticks, folder, arguments[1], consul.options());
        }
      }
      case "zookeeper" -> {
        try (ZooKeeper servers = ZooKeeper.start(folder, 1)) {
          measure(ticks, folder, arguments[1], servers.options());
        }
      }
      default -> throw new IllegalArgumentException("no such backend: " + arguments[1]);
    }
    System.exit(0);
  }

  private static void measure(int ticks, Path folder, String backend, List<String> options)
      throws Exception {
    Path began = folder.resolve("began-" + backend);
    List<String> line = new ArrayList<>(List.of("run", "cron", "--schedule", "@every 1s"));
    line.addAll(options);
    line.addAll(List.of("--", "sh", "-c", "date +%s%N >> '" + began + "'"));
    int all = ticks + WARM_UP;
    try (Program cron = Program.start(folder, "cron-" + backend, line)) {
      Await.until(Duration.ofSeconds(all + 60L), () -> all + " runs", () -> lines(began) >= all);
      cron.signal("TERM");
      cron.await(Duration.ofSeconds(20));
    }
    List<Double> lags =
        Files.readAllLines(began).stream()
            .skip(WARM_UP)
            .map(nanos -> Long.parseLong(nanos) % 1_000_000_000L / 1e6)
            .sorted()
            .toList();
    System.out.printf(
        "%-10s %d ticks, begun after: median %.1f ms, 99 %% %.1f ms, longest %.1f ms%n",
        backend, lags.size(), part(lags, 50), part(lags, 99), lags.getLast());
  }

  private static long lines(Path file) throws Exception {
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private static double part(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}

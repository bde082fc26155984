package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import ballot.e2e.site.ZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How long after its tick a command of {@code run cron} begins, the claim's write included: a tick
 * a second, from the first one on; the command says when it began, by the same clock. {@code TICKS
 * BACKEND FOLDER}, where the backend is {@code local}, {@code consul} or {@code zookeeper}.
 */
final class CronLag {

  private static final Pattern BEGAN = Pattern.compile("began (\\d{19})");

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
    List<String> line = new ArrayList<>(List.of("run", "cron", "--schedule", "@every 1s"));
    line.addAll(options);
    line.addAll(List.of("--", "date", "+began %s%N"));
    List<Double> lags;
    try (Program cron = Program.start(folder, "cron-" + backend, line)) {
      Await.until(
          Duration.ofSeconds(ticks + 60L), () -> ticks + " runs", () -> lags(cron).size() >= ticks);
      lags = lags(cron).stream().limit(ticks).sorted().toList();
      cron.signal("TERM");
      cron.await(Duration.ofSeconds(20));
    }
    System.out.printf(
        "%-10s %d ticks, begun after: median %.1f ms, 99 %% %.1f ms, longest %.1f ms%n",
        backend, lags.size(), part(lags, 50), part(lags, 99), lags.getLast());
  }

  /** How many milliseconds after a full second each run began. */
  private static List<Double> lags(Program cron) throws Exception {
    return BEGAN
        .matcher(cron.stdout())
        .results()
        .map(found -> Long.parseLong(found.group(1)) % 1_000_000_000L / 1e6)
        .toList();
  }

  private static double part(List<Double> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}

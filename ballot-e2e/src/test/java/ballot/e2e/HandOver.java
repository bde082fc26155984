package ballot.e2e;

import ballot.e2e.HandOverCrew.Ending;
import ballot.e2e.HandOverCrew.Tool;
import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import ballot.e2e.site.ZooKeeper;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * How long nobody works when a leader leaves in order: ours on every backend, {@code consul lock}
 * on the same agent, {@code flock}; the tools take turns, so that a noisy machine disturbs all
 * alike. Where there are so many candidates that all tools at once would not fit, those of one
 * store take turns.
 *
 * <p>{@code FOLDER [--json] [--tools TOOL,…] [ROUNDS [CANDIDATES…]]}: so many hand-overs of each
 * kind for each tool and number of candidates.
 */
final class HandOver {

  private static final List<Set<String>> BY_STORE =
      List.of(Set.of("local", "flock"), Set.of("consul", "consul lock"), Set.of("zookeeper"));

  private static final int FEW = 25;

  /** Those that have just come are at rest when they used no more of this than that part. */
  private static final long LOOK_NANOS = 400_000_000L;

  private static final double AT_REST = 0.05;

  private final Path folder;
  private final HandOverTable table = new HandOverTable();
  private final PrintStream news;
  private final List<Tool> tools = new ArrayList<>();

  private HandOver(Path folder, PrintStream news) throws Exception {
    this.folder = folder;
    this.news = news;
  }

  private void bring(Consul consul, ZooKeeper servers) {
    List<Ending> both = List.of(Ending.values());
    String elections = folder.resolve("elections").toString();
    tools.add(ours("local", List.of("--backend", "local", "--local-dir", elections)));
    tools.add(ours("consul", consul.options()));
    tools.add(ours("zookeeper", servers.options()));
    tools.add(
        new Tool(
            "consul lock",
            (election, name) ->
                List.of(
                    Consul.program(),
                    "lock",
                    "-http-addr",
                    consul.address(),
                    "-shell=false",
                    election),
            (output, candidates) ->
                consul.get("/v1/session/list").split("\"Consul lock", -1).length > candidates,
            both));
    tools.add(
        new Tool(
            "flock",
            (election, name) -> List.of("flock", folder.resolve(election + ".lock").toString()),
            (output, candidates) -> true,
            List.of(Ending.COMMAND_ENDS)));
  }

  private Tool ours(String backend, List<String> options) {
    return new Tool(
        backend,
        (election, name) -> {
          List<String> line = new ArrayList<>();
          line.addAll(List.of("setsid", Program.launcher().toString(), "run", "once"));
          line.addAll(options);
          line.addAll(List.of("--election", "bench/" + election, "--candidate-id", name));
          line.addAll(List.of("--on-child-success", "exit", "--on-child-error", "exit", "--"));
          return line;
        },
        (output, candidates) -> output.contains("waiting: "),
        List.of(Ending.values()));
  }

  private void measure(int rounds, int candidates, List<Tool> those) throws Exception {
    List<HandOverCrew> standing = new ArrayList<>();
    try {
      for (Tool tool : those) {
        Path own = folder.resolve(tool.name().replace(' ', '-') + "-" + candidates);
        news.println(tool.name() + ": " + candidates + " candidates");
        HandOverCrew crew = new HandOverCrew(tool, candidates, own);
        standing.add(crew);
        crew.fill();
      }
      for (int round = 0; round < rounds; round++) {
        for (Ending ending : Ending.values()) {
          lap(standing, ending);
        }
      }
    } finally {
      for (HandOverCrew crew : standing) {
        crew.close();
      }
    }
  }

  private void lap(List<HandOverCrew> standing, Ending ending) throws Exception {
    awaitRest(standing);
    for (HandOverCrew crew : standing) {
      if (crew.tool().endings().contains(ending)) {
        table.add(crew, ending, crew.handOver(ending));
      }
    }
    for (HandOverCrew crew : standing) {
      crew.fill();
    }
  }

  /** What candidates do when they have just come is not what is asked. */
  private static void awaitRest(List<HandOverCrew> standing) throws Exception {
    Await.until(
        HandOverCrew.PATIENCE,
        () -> "the candidates do not come to rest",
        () -> {
          double before = seconds(standing);
          LockSupport.parkNanos(LOOK_NANOS);
          return seconds(standing) - before < AT_REST * LOOK_NANOS / 1e9;
        });
  }

  private static double seconds(List<HandOverCrew> standing) {
    return standing.stream().mapToDouble(HandOverCrew::processorSeconds).sum();
  }

  private void measure(int rounds, List<Integer> counts, Set<String> names) throws Exception {
    List<Tool> chosen = tools.stream().filter(tool -> names.contains(tool.name())).toList();
    for (int count : counts) {
      if (count <= FEW) {
        measure(rounds, count, chosen);
        continue;
      }
      for (Set<String> store : BY_STORE) {
        List<Tool> some = chosen.stream().filter(tool -> store.contains(tool.name())).toList();
        if (!some.isEmpty()) {
          measure(rounds, count, some);
        }
      }
    }
  }

  /** See above. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    Path folder = Path.of(words.removeFirst()).toAbsolutePath();
    boolean json = words.remove("--json");
    Set<String> names = new TreeSet<>();
    BY_STORE.forEach(names::addAll);
    int at = words.indexOf("--tools");
    if (at >= 0) {
      words.remove(at);
      List<String> asked = at < words.size() ? List.of(words.remove(at).split(",")) : List.of();
      if (asked.isEmpty() || !names.containsAll(asked)) {
        System.err.println("hand-over: --tools takes some of " + String.join(", ", names));
        System.exit(64);
      }
      names.retainAll(asked);
    }
    List<Integer> numbers = words.stream().map(Integer::valueOf).toList();
    int rounds = numbers.isEmpty() ? 20 : numbers.getFirst();
    List<Integer> counts =
        numbers.size() < 2 ? List.of(2, 10, 50, 100) : numbers.subList(1, numbers.size());
    HandOver bench = new HandOver(Files.createDirectories(folder), System.err);
    // All candidates are on one host here, which an agent takes for one client.
    try (Consul consul =
            Consul.start(folder, "-hcl", "limits { http_max_conns_per_client = 4000 }");
        ZooKeeper servers = ZooKeeper.start(folder, 1)) {
      bench.bring(consul, servers);
      bench.measure(rounds, counts, names);
    }
    bench.table.print(json ? System.err : System.out);
    if (json) {
      bench.table.printJson(System.out);
    }
    System.exit(0);
  }
}

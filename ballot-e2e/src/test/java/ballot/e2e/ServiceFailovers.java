package ballot.e2e;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How long it takes from an agent's knowing that the leading instance of a service is critical to
 * the start of the next one's promote hook: two processes, each with an instance of so many
 * services; then the same while another service of both processes is sick.
 */
final class ServiceFailovers implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> PROCESSES = List.of("a", "b");

  private final Path folder;
  private final int services;
  private final Consul consul;
  private final List<Program> programs = new ArrayList<>();

  private ServiceFailovers(Path folder, int services) throws Exception {
    this.folder = folder;
    this.services = services;
    this.consul = Consul.start(folder, "-hcl", "limits { http_max_conns_per_client = 2000 }");
  }

  /** What is wrong with the one service that is looked at by nobody. */
  enum Sickness {
    NONE,
    BROKEN_TOKEN,
    MISSING_INSTANCE,
    HANGING_HOOK
  }

  private static String id(int service, String process) {
    return "svc-%d-%s".formatted(service, process);
  }

  private Path promoted(int service, String process) {
    return folder.resolve("promoted-" + id(service, process));
  }

  private void start(Sickness sickness) throws Exception {
    for (String process : PROCESSES) {
      Path file = Files.writeString(folder.resolve(process + ".yaml"), settings(process, sickness));
      for (int service = 0; service < services; service++) {
        Files.deleteIfExists(promoted(service, process));
        consul.put("/v1/agent/service/register", registration(service, process));
      }
      programs.add(
          Program.start(
              folder,
              process,
              Map.of(),
              List.of(
                  "run",
                  "--config",
                  file.toString(),
                  "--consul-address",
                  consul.address(),
                  "--candidate-id",
                  process)));
    }
    for (int service = 0; service < services; service++) {
      awaitPromoted(service, PROCESSES);
    }
    Thread.sleep(3_000); // what the start left to do is not measured
  }

  private static String registration(int service, String process) {
    return """
    {"ID": "%s", "Name": "svc-%d", "Port": 80,
     "Check": {"CheckID": "%s", "Name": "ready", "TTL": "60m", "Status": "passing"}}
    """
        .formatted(id(service, process), service, id(service, process));
  }

  private String settings(String process, Sickness sickness) {
    StringBuilder text = new StringBuilder("election:\n  enabled: [");
    List<String> names = new ArrayList<>();
    IntStream.range(0, services).forEach(service -> names.add("svc-" + service));
    if (sickness != Sickness.NONE) {
      names.add("sick");
    }
    text.append(String.join(", ", names)).append("]\n  services:\n");
    for (int service = 0; service < services; service++) {
      text.append(
          """
              svc-%d:
                id: %s
                key: election/svc-%d
                lockDelay: 0s
                execOnPromote: 'sh: date +%%s%%N > %s.new; mv %s.new %s'
          """
              .formatted(
                  service,
                  id(service, process),
                  service,
                  promoted(service, process),
                  promoted(service, process),
                  promoted(service, process))
              .indent(0));
    }
    return text + sick(process, sickness);
  }

  private String sick(String process, Sickness sickness) {
    if (sickness == Sickness.NONE) {
      return "";
    }
    boolean isThere = sickness != Sickness.MISSING_INSTANCE;
    if (isThere) {
      consul.put(
          "/v1/agent/service/register",
          "{\"ID\": \"sick-%s\", \"Name\": \"sick\", \"Port\": 80}".formatted(process));
    }
    String more =
        switch (sickness) {
          case NONE, MISSING_INSTANCE -> "";
          case BROKEN_TOKEN -> "      token: 00000000-0000-0000-0000-000000000000\n";
          case HANGING_HOOK -> "      execOnPromote: 'sh: trap \"\" TERM; yes & sleep 1000'\n";
        };
    return "    sick:\n      id: sick-%s\n      key: election/sick\n      lockDelay: 0s\n"
            .formatted(process)
        + more;
  }

  /** Waits until one of them has run its hook. */
  private void awaitPromoted(int service, List<String> processes) throws Exception {
    Await.until(
        SOON,
        () -> "svc-" + service + " is led by one of " + processes,
        () -> processes.stream().anyMatch(one -> Files.exists(promoted(service, one))));
  }

  /** Who ran its hook last: under load the first leader need not be the one that stays. */
  private String leader(int service) throws IOException {
    String last = PROCESSES.getFirst();
    for (String process : PROCESSES) {
      last = promotedAt(service, process) > promotedAt(service, last) ? process : last;
    }
    return last;
  }

  private long promotedAt(int service, String process) throws IOException {
    Path file = promoted(service, process);
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  /** Nanoseconds from the agent's knowing to the start of the next one's hook. */
  private long failover(int service) throws Exception {
    String leader = leader(service);
    String next = leader.equals("a") ? "b" : "a";
    Files.deleteIfExists(promoted(service, next));
    long begun = System.currentTimeMillis() * 1_000_000;
    consul.put("/v1/agent/check/fail/" + id(service, leader), "");
    awaitPromoted(service, List.of(next));
    consul.put("/v1/agent/check/pass/" + id(service, leader), "");
    Thread.sleep(300); // so that the one that stepped down stands again
    return promotedAt(service, next) - begun;
  }

  private List<Long> failovers(int rounds) throws Exception {
    List<Long> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      all.add(failover(round % services) / 1_000_000);
    }
    return all;
  }

  private void stop() throws IOException, InterruptedException {
    for (Program program : programs) {
      program.signal("TERM");
    }
    for (Program program : programs) {
      program.await(SOON);
      program.close();
    }
    programs.clear();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    stop();
    consul.close();
  }

  private static long part(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  /** {@code SERVICES ROUNDS FOLDER}. */
  public static void main(String[] arguments) throws Exception {
    int services = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Path.of(arguments[2]);
    List<Long> well = List.of();
    for (Sickness sickness : Sickness.values()) {
      Path own = Files.createDirectories(folder.resolve(sickness.name()));
      try (ServiceFailovers bench = new ServiceFailovers(own, services)) {
        bench.start(sickness);
        List<Long> all = bench.failovers(rounds);
        System.out.printf(
            "%-17s %d failovers of %d services: median %d ms, 95 %% %d ms, longest %d ms%n",
            sickness, rounds, services, part(all, 50), part(all, 95), part(all, 100));
        if (sickness == Sickness.NONE) {
          well = all;
        } else {
          List<Long> without = well;
          List<Long> more =
              IntStream.range(0, rounds).mapToObj(i -> all.get(i) - without.get(i)).toList();
          System.out.printf(
              "%-17s longer by: median %d ms, 95 %% %d ms%n", "", part(more, 50), part(more, 95));
        }
      }
    }
    System.exit(0);
  }
}

package ballot.e2e.torture.world;

import ballot.e2e.site.Await;
import ballot.e2e.site.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Servers of ZooKeeper, and candidates, every one on a host of its own. */
final class ZooKeeperWorld implements World {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Network network = Network.planned();
  private final List<ZooKeeperServer> servers = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();

  ZooKeeperWorld(Path folder, int count, int candidates, String password, Undo undo)
      throws Exception {
    undo.add(network);
    network.lay();
    List<Network.Host> hosts = new ArrayList<>();
    List<String> members = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      hosts.add(network.host());
      members.add("server.%d=%s:2888:3888".formatted(number, hosts.getLast().address()));
    }
    for (int number = 1; number <= count; number++) {
      List<String> others = count == 1 ? List.of() : members;
      servers.add(new ZooKeeperServer(number, hosts.get(number - 1), folder, others, undo));
    }
    for (ZooKeeperServer server : servers) {
      undo.add(server);
      server.launch();
    }
    String addresses =
        hosts.stream().map(host -> host.address() + ":2181").collect(Collectors.joining(","));
    for (int number = 1; number <= candidates; number++) {
      sites.add(
          new Site(
              number,
              Optional.of(network.host()),
              Optional.empty(),
              List.of("--backend", "zookeeper", "--zookeeper-servers", addresses),
              Map.of("BALLOT_ZOOKEEPER_DIGEST", "torture:" + password)));
    }
    awaitService();
  }

  @Override
  public String name() {
    return servers.size() == 1 ? "zookeeper" : "zookeeper" + servers.size();
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(sites);
  }

  @Override
  public List<Server> servers() {
    return List.copyOf(servers);
  }

  @Override
  public Duration lease() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Bound bound() {
    return new Bound(
        Duration.ofSeconds(25),
        "5 s for a session that says nothing and 1 s for the tick after it, counted anew from when"
            + " servers have elected; 5 s for that; 5 s to find a server; 5 s between two questions"
            + " of a candidate after an outage; 4 s for a busy machine");
  }

  @Override
  public Optional<Tampering> tampering() {
    return Optional.of(new ZooKeeperTampering(servers));
  }

  @Override
  public Optional<Sight> sight(String election) {
    return Optional.of(new ZooKeeperSight(servers, election));
  }

  @Override
  public List<String> belongings() {
    return servers.getFirst().ephemerals();
  }

  @Override
  public void awaitService() throws Exception {
    for (ZooKeeperServer server : servers) {
      Await.until(PATIENCE, () -> server.name() + " does not serve", server::serves);
    }
  }

  @Override
  public void close() throws Exception {
    for (ZooKeeperServer server : servers) {
      server.close();
    }
    network.close();
  }
}

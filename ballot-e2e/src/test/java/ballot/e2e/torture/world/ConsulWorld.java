package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import ballot.e2e.site.Await;
import ballot.e2e.site.Network;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Servers of Consul, and an agent of them beside each candidate, every one on a host of its own.
 */
final class ConsulWorld implements World {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An hour of torture takes a good part of it. */
  private static final int DISK_MEGABYTES = 256;

  private static final Pattern SESSION = Pattern.compile("\"ID\":\\s*\"([^\"]+)\"");
  private static final Pattern SERVICE = Pattern.compile("\"ServiceID\":\\s*\"ballot-(\\d+)-");

  /** Not checked, as these servers let everybody in; it is to be found nowhere afterwards. */
  private final String token;

  private final Network network = Network.planned();
  private final List<ConsulServer> servers = new ArrayList<>();
  private final List<ConsulServer> agents = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();

  ConsulWorld(Path folder, int count, int candidates, String token, Undo undo) throws Exception {
    this.token = token;
    undo.add(network);
    network.lay();
    List<Network.Host> hosts = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      hosts.add(network.host());
    }
    List<String> join = new ArrayList<>();
    hosts.forEach(host -> join.addAll(List.of("-retry-join", host.address())));
    join.addAll(List.of("-retry-interval", "1s"));
    for (int number = 1; number <= count; number++) {
      List<String> more = new ArrayList<>(List.of("-server", "-bootstrap-expect", "" + count));
      more.addAll(join);
      String server = "server" + number;
      Disk disk = new Disk(folder.resolve(server).resolve("data"));
      undo.add(disk);
      disk.mount(DISK_MEGABYTES);
      servers.add(server(hosts.get(number - 1), server, folder, more, undo));
    }
    awaitService();
    for (int number = 1; number <= candidates; number++) {
      Network.Host host = network.host();
      ConsulServer agent = server(host, "agent" + number, folder, join, undo);
      agents.add(agent);
      sites.add(site(number, host, agent));
    }
    for (ConsulServer agent : agents) {
      agent.agent().ready();
    }
  }

  private static ConsulServer server(
      Network.Host host, String name, Path folder, List<String> more, Undo undo) throws Exception {
    Agent agent = undo.make(() -> Agent.launch(host, name, folder, more));
    Path data = folder.resolve(name).resolve("data");
    return new ConsulServer(
        name, host, agent, name.startsWith("server") ? Optional.of(data) : Optional.empty());
  }

  private Site site(int number, Network.Host host, Server agent) {
    List<String> options = List.of("--backend", "consul");
    Map<String, String> environment = Map.of("BALLOT_CONSUL_TOKEN", token);
    return new Site(number, Optional.of(host), Optional.of(agent), options, environment);
  }

  @Override
  public String name() {
    return servers.size() == 1 ? "consul" : "consul" + servers.size();
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
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration leaseOfServers() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Bound bound() {
    return new Bound(
        Duration.ofSeconds(35),
        "20 s for a session whose agent was cut off, twice its TTL; 5 s until servers have a leader"
            + " and agents have found it; 5 s between two questions of a candidate after an outage;"
            + " 5 s for a busy machine");
  }

  @Override
  public Optional<Tampering> tampering() {
    return Optional.of(new ConsulTampering(servers));
  }

  @Override
  public Optional<AgentTampering> agentTampering() {
    return Optional.of(new ConsulAgents(agents));
  }

  @Override
  public Optional<Sight> sight(String election) {
    return Optional.of(new ConsulSight(servers, election));
  }

  @Override
  public Optional<Registry> registry() {
    return Optional.of(new ConsulRegistry(servers, agents));
  }

  @Override
  public List<String> belongings() {
    List<String> found = new ArrayList<>();
    Agent server = servers.getFirst().agent();
    String sessions = server.get("/v1/session/list");
    SESSION.matcher(sessions).results().forEach(each -> found.add("session " + each.group(1)));
    return found;
  }

  @Override
  public List<Long> registrations() {
    String services = servers.getFirst().agent().get("/v1/catalog/service/ballot");
    return SERVICE.matcher(services).results().map(each -> Long.valueOf(each.group(1))).toList();
  }

  @Override
  public void awaitService() throws Exception {
    for (ConsulServer server : servers) {
      Await.until(
          PATIENCE,
          () -> server.name() + " knows no leader",
          () -> server.agent().get("/v1/status/leader").contains(":"));
    }
  }

  @Override
  public void close() throws Exception {
    for (ConsulServer agent : agents) {
      agent.agent().close();
    }
    for (ConsulServer server : servers) {
      server.agent().close();
    }
    network.close();
  }
}

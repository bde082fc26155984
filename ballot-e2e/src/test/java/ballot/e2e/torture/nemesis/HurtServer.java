package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Await;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server, or the agent of a candidate's host, that is killed, restarted or stopped. */
final class HurtServer implements Fault {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final How how;
  private final boolean agents;

  /** What is done to it. */
  enum How {
    KILL,
    RESTART,
    PAUSE
  }

  private HurtServer(How how, boolean agents) {
    this.how = how;
    this.agents = agents;
  }

  static HurtServer server(How how) {
    return new HurtServer(how, false);
  }

  static HurtServer agent(How how) {
    return new HurtServer(how, true);
  }

  @Override
  public String kind() {
    return how.name().toLowerCase(java.util.Locale.ROOT) + (agents ? "-agent" : "-server");
  }

  @Override
  public boolean fits(World world) {
    return agents
        ? world.sites().stream().allMatch(site -> site.agent().isPresent())
        : !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return switch (how) {
      case KILL -> Span.ofMillis(200, 6_000);
      case RESTART -> Span.ofMillis(0, 500);
      case PAUSE -> Span.ofMillis(500, 12_000);
    };
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Optional<Server> agent = scene.victim().site().agent();
    Server server = agents ? agent.orElseThrow() : scene.server();
    List<Long> pid = List.of(server.pid());
    String whom = agents ? server.name() + " of " + scene.told() : server.name();
    return switch (how) {
      case KILL -> {
        server.kill();
        yield Injury.of(whom, () -> launch(server));
      }
      case RESTART -> {
        Shell.signal("TERM", pid);
        Await.until(SOON, () -> server.name() + " does not end", () -> !server.isAlive());
        yield Injury.of(whom, () -> launch(server));
      }
      case PAUSE -> {
        Shell.signal("STOP", pid);
        yield Injury.of(whom, () -> Shell.signal("CONT", pid));
      }
    };
  }

  /** Two faults may have met the same server. */
  private static void launch(Server server) throws Exception {
    if (!server.isAlive()) {
      server.launch();
    }
  }
}

package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.util.List;

/** DROP between a server and the others, while candidates still reach it. */
final class IsolateServer implements Fault {

  @Override
  public String kind() {
    return "drop-between-servers";
  }

  @Override
  public boolean fits(World world) {
    return world.servers().size() > 1;
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(1_000, 10_000);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Server server = scene.server();
    List<Server> others =
        scene.world().servers().stream()
            .filter(each -> !each.name().equals(server.name()))
            .toList();
    String addresses = Wall.addresses(others.stream().map(Server::host).toList());
    Wall wall =
        Wall.build(
            server.host(),
            List.of("ip saddr " + addresses + " drop"),
            List.of("ip daddr " + addresses + " drop"));
    return Injury.of(server.name(), wall::fall);
  }
}

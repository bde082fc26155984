package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Network;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.util.List;

/** DROP between a candidate's host and all servers, its agent's packets included. */
final class CutFromServers implements Fault {

  private final Way way;

  /** What is dropped, seen from the candidate. */
  enum Way {
    BOTH_WAYS,
    OUTGOING,
    INCOMING
  }

  CutFromServers(Way way) {
    this.way = way;
  }

  @Override
  public String kind() {
    return switch (way) {
      case BOTH_WAYS -> "drop-servers";
      case OUTGOING -> "drop-to-servers";
      case INCOMING -> "drop-from-servers";
    };
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.leaseOfServers(), 20, 150);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String servers = Wall.addresses(scene.world().servers().stream().map(Server::host).toList());
    String whom = scene.told();
    List<String> incoming =
        way == Way.OUTGOING ? List.of() : List.of("ip saddr " + servers + " drop");
    List<String> outgoing =
        way == Way.INCOMING ? List.of() : List.of("ip daddr " + servers + " drop");
    Wall wall = Wall.build(host, incoming, outgoing);
    return Injury.of(whom, wall::fall);
  }
}

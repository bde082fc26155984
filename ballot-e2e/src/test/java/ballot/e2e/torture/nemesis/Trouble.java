package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Network;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.time.Duration;
import java.util.List;

/** Resets, or packets that get lost, between a candidate's host and the servers. */
final class Trouble implements Fault {

  private final boolean resets;

  Trouble(boolean resets) {
    this.resets = resets;
  }

  @Override
  public String kind() {
    return resets ? "reset-servers" : "lose-packets";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return new Span(Duration.ofMillis(200), world.leaseOfServers());
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String servers = Wall.addresses(scene.world().servers().stream().map(Server::host).toList());
    int percent = 10 + scene.random().nextInt(60);
    String whom = scene.told() + (resets ? "" : ", " + percent + " %");
    String fate =
        resets
            ? " tcp dport 1-65535 reject with tcp reset"
            : " numgen random mod 100 < " + percent + " drop";
    Wall wall =
        Wall.build(
            host, List.of("ip saddr " + servers + fate), List.of("ip daddr " + servers + fate));
    return Injury.of(whom, wall::fall);
  }
}

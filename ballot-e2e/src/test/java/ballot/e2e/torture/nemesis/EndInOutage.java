package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Network;
import ballot.e2e.torture.world.Processes;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.util.List;
import java.util.Optional;

/**
 * The leader's command ends while nobody reaches the servers, so that leadership cannot be given
 * back; the servers are back when its lease has just run out and its session has not. What the
 * candidate then finds is its own old leadership, which must not be led again under the same term.
 *
 * <p>Resets and no lost packets: what was sent must not arrive later after all.
 */
final class EndInOutage implements Fault {

  @Override
  public String kind() {
    return "end-in-outage";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public boolean wantsLeader() {
    return true;
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), 85, 135);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String servers = Wall.addresses(scene.world().servers().stream().map(Server::host).toList());
    String whom = scene.told();
    Optional<Long> session = scene.run().map(run -> run.start().pid());
    String fate = " tcp dport 1-65535 reject with tcp reset";
    Wall wall =
        Wall.build(
            host, List.of("ip saddr " + servers + fate), List.of("ip daddr " + servers + fate));
    if (session.isPresent()) {
      Shell.signal("KILL", Processes.session(session.get()));
    }
    return Injury.of(whom, wall::fall);
  }
}

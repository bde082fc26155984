package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;

/** SIGKILL of a server, which is started again on the data that it has. */
final class KillServer implements Fault {

  @Override
  public String kind() {
    return "kill-server";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(200, 6_000);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Server server = scene.server();
    server.kill();
    return Injury.of(server.name(), server::launch);
  }
}

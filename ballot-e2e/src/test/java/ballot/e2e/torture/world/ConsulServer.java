package ballot.e2e.torture.world;

import ballot.e2e.site.Agent;
import ballot.e2e.site.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server or an agent of Consul.
 *
 * @param agent its process, and how it is asked
 * @param disk of a server
 */
record ConsulServer(String name, Network.Host host, Agent agent, Optional<Path> disk)
    implements Server {

  @Override
  public long pid() {
    return agent.pid();
  }

  @Override
  public boolean isAlive() {
    return agent.isAlive();
  }

  @Override
  public boolean leads() {
    return agent.get("/v1/status/leader").contains("\"" + host.address() + ":");
  }

  @Override
  public void kill() throws InterruptedException {
    agent.kill();
  }

  @Override
  public void launch() throws IOException {
    agent.relaunch();
  }
}

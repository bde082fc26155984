package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.AgentTampering;
import ballot.e2e.torture.world.Site;
import ballot.e2e.torture.world.World;

/** The node of a candidate is in maintenance: a service of it steps down, a command goes on. */
final class Maintenance implements Fault {

  @Override
  public String kind() {
    return "maintenance";
  }

  @Override
  public boolean fits(World world) {
    return world.agentTampering().isPresent();
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(500, 6_000);
  }

  @Override
  public Injury inflict(Scene scene) {
    AgentTampering agents = scene.world().agentTampering().orElseThrow();
    Site site = scene.victim().site();
    String whom = scene.told();
    agents.maintain(site, true);
    return Injury.of(whom, () -> agents.maintain(site, false));
  }
}

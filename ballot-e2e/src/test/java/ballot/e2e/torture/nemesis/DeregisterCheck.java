package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.AgentTampering;
import ballot.e2e.torture.world.World;

/** Somebody takes the check that a candidate keeps alive off the agent's books. */
final class DeregisterCheck implements Fault {

  @Override
  public String kind() {
    return "deregister-check";
  }

  @Override
  public boolean fits(World world) {
    return world.agentTampering().isPresent();
  }

  @Override
  public Span lasts(World world) {
    return Span.NONE;
  }

  /** As with {@link Tamper}: the election is free at once, and its leader has to hear of it. */
  @Override
  public boolean isSolitary() {
    return true;
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    AgentTampering agents = scene.world().agentTampering().orElseThrow();
    String whom = scene.told();
    return scene.victim().pid().isEmpty()
        ? Injury.missed(whom)
        : Injury.done(
            whom
                + ", "
                + agents.deregisterCheck(scene.victim().site(), scene.victim().pid().get()));
  }
}

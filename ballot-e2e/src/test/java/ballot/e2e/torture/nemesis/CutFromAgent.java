package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Network;
import ballot.e2e.torture.world.World;
import java.util.List;

/** DROP, or resets, between ballot and the agent of its host. */
final class CutFromAgent implements Fault {

  private final boolean resets;

  CutFromAgent(boolean resets) {
    this.resets = resets;
  }

  @Override
  public String kind() {
    return resets ? "reset-agent" : "drop-agent";
  }

  @Override
  public boolean fits(World world) {
    return world.sites().stream().allMatch(site -> site.agent().isPresent());
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), 20, 300);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String fate = resets ? "reject with tcp reset" : "drop";
    List<String> rules = List.of("tcp dport 8500 " + fate, "tcp sport 8500 " + fate);
    String whom = scene.told();
    Wall wall = Wall.build(host, rules, List.of());
    return Injury.of(whom, wall::fall);
  }
}

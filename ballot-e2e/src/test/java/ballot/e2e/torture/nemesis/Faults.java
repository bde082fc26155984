package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.util.List;

/** Every kind of fault. The order is part of what a seed means. */
public final class Faults {

  private static final List<Fault> ALL =
      List.of(
          new KillBallot(),
          new StopBallot("short", 20, 60),
          new StopBallot("beyond", 110, 180),
          new StopBallot("thrice", 300, 310),
          new CutFromServers(CutFromServers.Way.BOTH_WAYS),
          new KillServer());

  private Faults() {}

  /** Those that can be done to a world. */
  public static List<Fault> of(World world) {
    return ALL.stream().filter(fault -> fault.fits(world)).toList();
  }
}

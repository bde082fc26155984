package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Tampering;
import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.util.List;

/** Every kind of fault. The order is part of what a seed means. */
public final class Faults {

  /** The commonest come more than once. */
  private static final List<Fault> ALL =
      List.of(
          new Kill(Part.BALLOT),
          new Kill(Part.BALLOT),
          new Kill(Part.BALLOT),
          new Kill(Part.GUARD),
          new Kill(Part.COMMAND),
          new Kill(Part.BALLOT, Part.GUARD),
          new Kill(Part.BALLOT, Part.GUARD, Part.COMMAND),
          new Stop(Stop.Length.SHORT, Part.BALLOT),
          new Stop(Stop.Length.BEYOND, Part.BALLOT),
          new Stop(Stop.Length.THRICE, Part.BALLOT),
          new Stop(Stop.Length.BEYOND, Part.GUARD),
          new Stop(Stop.Length.BEYOND, Part.COMMAND),
          new Stop(Stop.Length.BEYOND, Part.BALLOT, Part.COMMAND),
          new Stop(Stop.Length.BEYOND, Part.BALLOT, Part.GUARD, Part.COMMAND),
          new CutFromServers(CutFromServers.Way.BOTH_WAYS),
          new CutFromServers(CutFromServers.Way.OUTGOING),
          new CutFromServers(CutFromServers.Way.INCOMING),
          new CutFromAgent(false),
          new CutFromAgent(true),
          new LateAnswers(),
          new LateAnswers(),
          new LateAnswers(),
          new LateAnswers(),
          new EndInOutage(),
          new Flap(),
          new Trouble(true),
          new Trouble(false),
          new Detoured(Detoured.How.DELAY),
          new Detoured(Detoured.How.REORDER),
          new Detoured(Detoured.How.DOUBLE),
          new IsolateServer(),
          HurtServer.server(HurtServer.How.KILL),
          HurtServer.server(HurtServer.How.RESTART),
          HurtServer.server(HurtServer.How.PAUSE),
          HurtServer.agent(HurtServer.How.KILL),
          HurtServer.agent(HurtServer.How.RESTART),
          HurtServer.agent(HurtServer.How.PAUSE),
          new Tamper("destroy-session", Tampering::destroySession),
          new Tamper("delete-key", Tampering::deleteKey),
          new Tamper("overwrite-key", Tampering::overwriteKey),
          new DeregisterCheck(),
          new Maintenance(),
          new FullDisk(),
          new JumpClock(),
          new Leave(),
          new Leave(),
          new Leave(),
          new Leave(),
          new FewDescriptors(),
          new Starve());

  private Faults() {}

  /** Takes away what a fault has left on this machine when nobody came to undo it. */
  public static void tidyUp() throws IOException {
    Starve.tidyUp();
  }

  /** The names of all. */
  public static List<String> kinds() {
    return ALL.stream().map(Fault::kind).distinct().toList();
  }

  /** Those that can be done to a world. */
  public static List<Fault> of(World world) {
    return ALL.stream().filter(fault -> fault.fits(world)).toList();
  }
}

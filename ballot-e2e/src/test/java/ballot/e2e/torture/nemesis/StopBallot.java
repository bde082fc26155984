package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.util.List;

/** SIGSTOP of ballot alone, and SIGCONT. */
final class StopBallot implements Fault {

  private final String kind;
  private final int shortest;
  private final int longest;

  /**
   * Of a length.
   *
   * @param shortest in hundredths of a lease
   */
  StopBallot(String length, int shortest, int longest) {
    this.kind = "stop-ballot-" + length;
    this.shortest = shortest;
    this.longest = longest;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), shortest, longest);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = scene.told();
    List<Long> pids = scene.victim().pid().stream().toList();
    Shell.signal("STOP", pids);
    return Injury.of(whom, () -> Shell.signal("CONT", pids));
  }
}

package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Await;
import ballot.e2e.torture.world.Processes;
import ballot.e2e.torture.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * SIGKILL of some parts of a candidate. When ballot and guard go together, nobody is left to end
 * the command: that is done at the end, by hand.
 */
final class Kill implements Fault {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final List<Part> parts;

  Kill(Part... parts) {
    this.parts = List.of(parts);
  }

  @Override
  public String kind() {
    return "kill-" + parts.stream().map(Part::word).collect(Collectors.joining("-"));
  }

  private boolean leavesNobody() {
    return parts.contains(Part.BALLOT) && parts.contains(Part.GUARD);
  }

  @Override
  public Span lasts(World world) {
    return leavesNobody() ? Span.of(world.lease(), 120, 200) : Span.NONE;
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = scene.told();
    parts.forEach(scene::loses);
    Optional<Long> session = scene.run().map(run -> run.start().pid());
    Optional<Long> ballot = scene.victim().pid();
    List<Long> pids = new ArrayList<>();
    for (Part part : parts) {
      pids.addAll(part.pids(scene));
    }
    Shell.signal("KILL", pids);
    if (parts.contains(Part.BALLOT)) {
      Await.until(
          SOON,
          () -> whom + " survives",
          () -> ballot.isEmpty() || !scene.victim().pid().equals(ballot));
    }
    return leavesNobody() && session.isPresent()
        ? Injury.of(whom, () -> Shell.signal("KILL", Processes.session(session.get())))
        : Injury.done(whom);
  }
}

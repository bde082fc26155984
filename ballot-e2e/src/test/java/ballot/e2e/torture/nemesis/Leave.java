package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.World;
import java.util.List;
import java.util.Optional;

/** SIGTERM of ballot, as when a new version is rolled out. */
final class Leave implements Fault {

  @Override
  public String kind() {
    return "term-ballot";
  }

  @Override
  public Span lasts(World world) {
    return Span.NONE;
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = scene.told();
    Optional<Candidate.Incarnation> running =
        scene.victim().current().filter(now -> now.program().isAlive());
    if (running.isPresent()) {
      running.get().askedToLeave();
      Shell.signal("TERM", List.of(running.get().program().pid()));
    }
    return Injury.done(whom);
  }
}

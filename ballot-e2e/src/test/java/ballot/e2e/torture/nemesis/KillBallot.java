package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Await;
import ballot.e2e.torture.world.World;
import java.time.Duration;

/** SIGKILL of ballot alone. */
final class KillBallot implements Fault {

  private static final Duration SOON = Duration.ofSeconds(5);

  @Override
  public String kind() {
    return "kill-ballot";
  }

  @Override
  public Span lasts(World world) {
    return Span.NONE;
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = scene.told();
    Shell.signal("KILL", scene.victim().pid().stream().toList());
    Await.until(SOON, () -> whom + " survives", () -> scene.victim().pid().isEmpty());
    return Injury.done(whom);
  }
}

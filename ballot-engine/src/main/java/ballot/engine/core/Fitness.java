package ballot.engine.core;

import java.util.Optional;

/** What follows when a candidate becomes unfit to lead, or fit again. */
final class Fitness {

  private Fitness() {}

  /** Takes note; what follows for a leader follows at the end of the step. */
  static void changed(Turn turn, Optional<String> unfit) {
    boolean isNews = !turn.unfit.equals(unfit);
    turn.unfit = unfit;
    if (isNews && turn.state instanceof State.Standing standing && standing.leaving().isEmpty()) {
      standing(turn, standing);
    }
  }

  private static void standing(Turn turn, State.Standing standing) {
    turn.waitingBecause = "";
    turn.unfit.ifPresentOrElse(
        because -> turn.tell(Effect.Level.INFO, "does not stand: " + because),
        () -> {
          turn.tell(Effect.Level.INFO, "stands for election");
          turn.state = standing.askingBy(turn.whenSignalled());
        });
  }
}

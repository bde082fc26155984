package ballot.engine.core;

import java.util.Optional;

/** What follows when a candidate becomes unfit to lead, or fit again. */
final class Fitness {

  private static final int SIGTERM = 15;

  private Fitness() {}

  /** Takes note; what follows for a leader, {@link #stepDown}, follows at the end of the step. */
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

  /** Ends a leadership in order: the lease is kept until the work is gone. */
  static void stepDown(Turn turn, State.Leading leading, String because) {
    turn.tell(Effect.Level.WARN, "stepping down: " + because);
    State.Next again = new State.Next.StandAgain(turn.now);
    if (leading.run().isPresent()) {
      StepDown.begin(turn, leading, leading.deadlines(), false, SIGTERM, again);
    } else {
      Resign.begin(turn, leading.term(), leading.deadlines().quietBy(), again);
    }
  }
}

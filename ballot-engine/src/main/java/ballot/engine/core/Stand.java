package ballot.engine.core;

import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;

/** What a standing candidate does. */
final class Stand {

  /** So many campaigns without an answer make an election failure; one lost packet does not. */
  private static final int FAILURES_THAT_COUNT = 3;

  /** How long leaving waits for an open question, which may turn out to have won. */
  private static final Duration LEAVING_PATIENCE = Duration.ofMillis(500);

  private Stand() {}

  static void tick(Turn turn, State.Standing standing) {
    if (standing.leaving().isPresent()) {
      State.Leaving leaving = standing.leaving().get();
      if (turn.open.isEmpty() || leaving.latest().isReached(turn.now)) {
        turn.retire(leaving.status());
      }
    } else if (turn.unfit.isPresent() && standing.asks()) {
      turn.state = standing.askingAt(Moment.NEVER);
    } else if (turn.open.isEmpty()) {
      boolean hasTried = turn.questions > 0 || turn.unfit.isPresent();
      if (hasTried && standing.giveUpAt().isReached(turn.now)) {
        giveUp(turn);
      } else if (standing.askAt().isReached(turn.now)) {
        turn.ask(new Question.Campaign(), turn.campaignBudget(standing.giveUpAt()));
      }
    }
  }

  private static void giveUp(Turn turn) {
    if (!turn.heard && turn.rules.onElectionFailure() == Rules.ElectionFailure.RUN_ANYWAY) {
      Caretake.begin(turn, turn.afterFailure());
      return;
    }
    int status = turn.heard ? Status.HELD_BY_ANOTHER : Status.STORE_UNREACHABLE;
    turn.tell(
        Effect.Level.ERROR,
        turn.heard
            ? "not elected within --wait" + because(turn)
            : "the store was not reached within --wait" + because(turn));
    turn.retire(status);
  }

  private static String because(Turn turn) {
    return turn.waitingBecause.isEmpty() ? "" : ": " + turn.waitingBecause;
  }

  static void answered(Turn turn, State.Standing standing, Question.Open asked, Answer answer) {
    if (!(asked.question() instanceof Question.Campaign)) {
      return; // the end of an earlier leadership; nothing hangs on it any more
    }
    switch (answer) {
      case Answer.Ruled(Verdict.Elected elected) -> elected(turn, standing, asked, elected);
      case Answer.Ruled(Verdict.NotElected not) -> notElected(turn, standing, not);
      case Answer.Silent silent -> failed(turn, standing, silent.message());
      case Answer.Refused refused -> refused(turn, standing, refused.message());
      case Answer.GivenBack back -> {}
    }
  }

  private static void elected(
      Turn turn, State.Standing standing, Question.Open asked, Verdict.Elected elected) {
    Term term = elected.lease().term();
    if (standing.leaving().isPresent()) {
      turn.holdOff(elected.holdOff());
      State.Next leave = new State.Next.Leave(standing.leaving().get().status());
      Resign.begin(turn, term, Moment.NEVER, leave);
    } else if (turn.unfit.isPresent()) {
      turn.holdOff(elected.holdOff());
      Resign.begin(turn, term, Moment.NEVER, new State.Next.StandAgain(turn.whenSignalled()));
    } else {
      Lead.begin(turn, asked, elected, Turn.noRun());
    }
  }

  private static void notElected(Turn turn, State.Standing standing, Verdict.NotElected verdict) {
    if (!verdict.because().equals(turn.waitingBecause)) {
      turn.waitingBecause = verdict.because();
      turn.tell(Effect.Level.INFO, "waiting: " + verdict.because());
    }
    turn.state = standing.askingAt(turn.whenHinted(verdict));
  }

  private static void refused(Turn turn, State.Standing standing, String message) {
    if (turn.heard || standing.leaving().isPresent()) {
      failed(turn, standing, message);
    } else {
      turn.tell(Effect.Level.ERROR, message);
      turn.retire(Status.CONFIGURATION);
    }
  }

  private static void failed(Turn turn, State.Standing standing, String message) {
    turn.waitingBecause = message;
    Moment next = turn.afterFailure();
    turn.state = standing.askingAt(next);
    if (turn.failures < FAILURES_THAT_COUNT || standing.leaving().isPresent()) {
      return;
    }
    switch (turn.rules.onElectionFailure()) {
      case RETRY -> {}
      case EXIT -> {
        turn.tell(Effect.Level.ERROR, message + "; ending, as --on-election-failure says");
        turn.retire(Status.STORE_UNREACHABLE);
      }
      case RUN_ANYWAY -> Caretake.begin(turn, next);
    }
  }

  static void toldToLeave(Turn turn, int signal) {
    if (turn.told > 1) {
      turn.retire(Status.ofSignal(signal));
    } else {
      leave(turn, Status.ofSignal(signal));
    }
  }

  /** Leaves, a moment later if an open question may yet turn out to have won. */
  static void leave(Turn turn, int status) {
    if (turn.open.isEmpty()) {
      turn.retire(status);
      return;
    }
    State.Leaving leaving = new State.Leaving(status, turn.now.plus(LEAVING_PATIENCE));
    turn.state = new State.Standing(Moment.NEVER, Moment.NEVER, Moment.NEVER, Optional.of(leaving));
  }

  /** Stands again after a leadership, when it could use another. */
  static void again(Turn turn, Moment notBefore) {
    turn.waitingBecause = "";
    Moment ready = Moment.later(turn.now, Moment.later(notBefore, turn.restUntil));
    turn.state = State.Standing.from(ready, turn.giveUpAt);
  }
}

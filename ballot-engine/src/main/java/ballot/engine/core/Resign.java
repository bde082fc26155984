package ballot.engine.core;

import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;

/** How leadership is given back, once nothing of the work is left. */
final class Resign {

  private static final Duration RETRY = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(2);

  private Resign() {}

  /**
   * Begins to give a term back: to whoever comes next this says that nothing runs any more. So it
   * waits for the end of the hold-off, as the start of work would have.
   *
   * @param quietBy when its lease runs out by itself
   */
  static void begin(Turn turn, Term term, Moment quietBy, State.Next next) {
    turn.end(term);
    Duration patience = next instanceof State.Next.StandAgain ? PATIENCE : LEAVING_PATIENCE;
    Moment noUseAfter = Moment.earlier(quietBy, turn.now.plus(patience));
    turn.state = new State.Resigning(term, turn.holdOffUntil, noUseAfter, next);
  }

  static void tick(Turn turn, State.Resigning resigning) {
    if (resigning.noUseAfter().isReached(turn.now)) {
      turn.tell(Effect.Level.INFO, "leadership was not given back; it is left to run out");
      after(turn, resigning.next());
    } else if (turn.open.isEmpty() && resigning.askAt().isReached(turn.now)) {
      Duration rest = turn.now.until(resigning.noUseAfter());
      turn.ask(
          new Question.Resign(resigning.term()),
          Turn.shorter(rest, turn.rules.timings().callBudget()));
    }
  }

  static void answered(Turn turn, State.Resigning resigning, Question.Open asked, Answer answer) {
    if (asked.question() instanceof Question.Resign) {
      switch (answer) {
        case Answer.GivenBack back -> {
          turn.tell(Effect.Level.INFO, "gave leadership back");
          after(turn, resigning.next());
        }
        case Answer.Silent silent -> turn.state = resigning.askingAt(turn.now.plus(RETRY));
        case Answer.Refused refused -> refused(turn, resigning);
        case Answer.Ruled ruled -> {}
      }
    } else if (answer instanceof Answer.Ruled(Verdict.NotElected not)
        && asked.question() instanceof Question.Renew) {
      turn.tell(Effect.Level.INFO, "nothing to give back: " + not.because());
      after(turn, resigning.next());
    }
  }

  /** Asking again would not help, and the term cannot be led again: it has to run out. */
  private static void refused(Turn turn, State.Resigning resigning) {
    State.Next next =
        resigning.next() instanceof State.Next.StandAgain(Moment notBefore)
            ? new State.Next.StandAgain(Moment.later(notBefore, resigning.noUseAfter()))
            : resigning.next();
    after(turn, next);
  }

  static void toldToLeave(Turn turn, State.Resigning resigning, int signal) {
    State.Next leave =
        resigning.next() instanceof State.Next.StandAgain
            ? new State.Next.Leave(Status.ofSignal(signal))
            : resigning.next();
    if (turn.told > 1) {
      after(turn, leave);
    } else {
      Moment patience = turn.now.plus(LEAVING_PATIENCE);
      turn.state =
          new State.Resigning(
              resigning.term(),
              resigning.askAt(),
              Moment.earlier(resigning.noUseAfter(), patience),
              leave);
    }
  }

  /** What comes after a leadership that is over. */
  static void after(Turn turn, State.Next next) {
    switch (next) {
      case State.Next.StandAgain(Moment notBefore) -> Stand.again(turn, notBefore);
      case State.Next.Leave(int status) when isCampaigning(turn) -> Stand.leave(turn, status);
      case State.Next.Leave(int status) -> turn.retire(status);
      case State.Next.LeaveWithWork with ->
          throw new IllegalStateException("the work's status is not known in " + turn.state);
    }
  }

  private static boolean isCampaigning(Turn turn) {
    return turn.open.filter(open -> open.question() instanceof Question.Campaign).isPresent();
  }
}

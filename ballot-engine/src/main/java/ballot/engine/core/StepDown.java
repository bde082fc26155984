package ballot.engine.core;

import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;

/** How work is ended: politely, then not, with the lease kept meanwhile. */
final class StepDown {

  private static final Duration UNTIL_WORRIED = Duration.ofSeconds(1);

  private StepDown() {}

  /** Ends a leader's work: in order, because proof ran out, or because leadership was lost. */
  static void begin(
      Turn turn,
      State.Leading leading,
      Deadlines deadlines,
      boolean lost,
      int signal,
      State.Next next) {
    stop(
        turn,
        State.SteppingDown.from(
            Optional.of(leading.term()),
            deadlines,
            leading.keeps(),
            lost ? Moment.NEVER : leading.askAt(),
            leading.run().orElseThrow(),
            politeUntil(turn),
            lost,
            next),
        signal);
  }

  /** Ends work that ran without leadership; then the one leaves who did it. */
  static void caretaker(Turn turn, State.Caretaking caring, int signal) {
    stop(
        turn,
        State.SteppingDown.from(
            caring.unwanted(),
            Deadlines.NONE,
            true,
            turn.now,
            caring.run().orElseThrow(),
            politeUntil(turn),
            false,
            new State.Next.LeaveWithWork()),
        signal);
  }

  private static Moment politeUntil(Turn turn) {
    return turn.now.plus(turn.rules.timings().stopTimeout());
  }

  private static void stop(Turn turn, State.SteppingDown down, int signal) {
    turn.state = down;
    turn.add(new Effect.ExtendWork(down.run(), down.deadlines().killAt()));
    turn.add(new Effect.StopWork(down.run(), signal));
    if (turn.judgement.mayGiveBack(false)) {
      giveBack(turn, down, Status.SUCCESS);
    }
  }

  static void tick(Turn turn, State.SteppingDown down) {
    if (!down.killed() && down.killAt().isReached(turn.now)) {
      kill(turn, down, "the work did not end in time; killing it");
    } else if (down.worryAt().isReached(turn.now)) {
      turn.tell(
          Effect.Level.WARN,
          down.holds()
              ? "the work survives its kill; leadership is kept until it is gone"
              : "the work survives its kill, and another may lead by now");
      turn.state = down.worried();
    } else if (down.holds() && turn.open.isEmpty() && down.askAt().isReached(turn.now)) {
      Question renew = new Question.Renew(down.term().orElseThrow());
      turn.ask(renew, turn.budgetWithin(down.deadlines().quietBy()));
    }
  }

  private static void kill(Turn turn, State.SteppingDown down, String because) {
    turn.tell(Effect.Level.WARN, because);
    turn.state = down.killing(turn.now.plus(UNTIL_WORRIED));
    turn.add(new Effect.KillWork(down.run()));
  }

  static void answered(Turn turn, State.SteppingDown down, Question.Open asked, Answer answer) {
    switch (answer) {
      case Answer.Ruled(Verdict.Elected elected) -> elected(turn, down, asked, elected);
      case Answer.Ruled(Verdict.NotElected not) -> {
        if (down.holds() && asked.question() instanceof Question.Renew) {
          lose(turn, down, not.because());
        }
      }
      case Answer.Silent silent -> retry(turn, down);
      case Answer.Refused refused -> retry(turn, down);
      case Answer.GivenBack back -> turn.state = down.havingLost(down.deadlines());
    }
  }

  private static void elected(
      Turn turn, State.SteppingDown down, Question.Open asked, Verdict.Elected elected) {
    Term proven = elected.lease().term();
    if (down.lost()) {
      return;
    }
    if (down.term().isPresent() && !down.term().get().equals(proven)) {
      lose(turn, down, "the store names another term, " + proven);
      return;
    }
    turn.holdOff(elected.holdOff());
    State.SteppingDown longer =
        down.holding(
            proven,
            turn.judgement.deadlines(
                elected.lease(), asked.askedAt(), turn.now, turn.rules.timings()));
    turn.state = longer;
    turn.add(new Effect.ExtendWork(longer.run(), longer.deadlines().killAt()));
  }

  private static void lose(Turn turn, State.SteppingDown down, String because) {
    turn.tell(Effect.Level.WARN, "lost leadership while stepping down: " + because);
    down.term().ifPresent(turn::end);
    Moment kill = turn.now.plus(turn.rules.timings().lossGrace());
    State.SteppingDown lost =
        down.havingLost(down.deadlines().endingBy(kill, turn.rules.timings()));
    turn.state = lost;
    turn.add(new Effect.ExtendWork(lost.run(), lost.deadlines().killAt()));
  }

  private static void retry(Turn turn, State.SteppingDown down) {
    if (down.holds()) {
      turn.state = down.askingAt(Lead.retry(turn, down.deadlines().quietBy()));
    }
  }

  static void workEnded(Turn turn, State.SteppingDown down, Event.Outcome outcome) {
    turn.restAfterStop();
    if (turn.judgement.mayGiveBack(true)) {
      giveBack(turn, down, outcome.status());
    }
  }

  private static void giveBack(Turn turn, State.SteppingDown down, int status) {
    State.Next next =
        down.next() instanceof State.Next.LeaveWithWork
            ? new State.Next.Leave(status)
            : down.next();
    if (down.holds()) {
      Resign.begin(turn, down.term().orElseThrow(), down.deadlines().quietBy(), next);
    } else {
      Resign.after(turn, next);
    }
  }

  static void toldToLeave(Turn turn, State.SteppingDown down) {
    State.SteppingDown leaving = down.before(new State.Next.LeaveWithWork());
    turn.state = leaving;
    if (turn.told > 1 && !leaving.killed()) {
      kill(turn, leaving, "told again to leave; killing the work");
    }
  }
}

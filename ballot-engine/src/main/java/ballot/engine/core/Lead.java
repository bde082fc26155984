package ballot.engine.core;

import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a leader does. */
final class Lead {

  private static final int SIGTERM = 15;
  private static final int RETRIES_PER_REST = 8;
  private static final Duration LEAST_RETRY = Duration.ofMillis(20);
  private static final Duration UNHURRIED_RETRY = Duration.ofSeconds(1);

  private Lead() {}

  /** Takes up a leadership that was won, with the work that is running already, if any. */
  static void begin(Turn turn, Question.Open asked, Verdict.Elected elected, OptionalLong running) {
    Term term = elected.lease().term();
    turn.holdOff(elected.holdOff());
    Deadlines deadlines =
        turn.judgement.deadlines(elected.lease(), asked.askedAt(), turn.now, turn.rules.timings());
    if (!turn.judgement.mayLead(term, turn.highestEnded)) {
      turn.tell(Effect.Level.INFO, "found an old leadership of our own; giving it back", term);
      decline(turn, term, deadlines);
    } else if (!turn.judgement.leavesTime(deadlines, turn.now)) {
      turn.tell(Effect.Level.WARN, "elected, but the answer came too late to be used", term);
      decline(turn, term, deadlines);
    } else {
      takeOffice(turn, term, deadlines, elected.holdOff(), running);
    }
  }

  private static void decline(Turn turn, Term term, Deadlines deadlines) {
    if (turn.state instanceof State.Caretaking caring) {
      Caretake.decline(turn, caring, term);
    } else {
      State.Next again = new State.Next.StandAgain(turn.whenSignalled());
      Resign.begin(turn, term, deadlines.quietBy(), again);
    }
  }

  private static void takeOffice(
      Turn turn, Term term, Deadlines deadlines, Duration holdOff, OptionalLong running) {
    boolean keeps = turn.rules.onLeaseLoss() == Rules.LeaseLoss.KEEP;
    turn.waitingBecause = "";
    turn.pace = Pace.afterWinning(turn.now);
    State.Leading leading =
        new State.Leading(
            term,
            deadlines,
            deadlines.renewAt(),
            Moment.later(turn.holdOffUntil, turn.restUntil),
            running,
            keeps,
            false);
    turn.state = leading;
    turn.tell(
        Effect.Level.INFO,
        holdOff.isZero()
            ? "elected"
            : "elected; the previous leader vanished, so the work starts in "
                + holdOff.toMillis()
                + " ms");
    running.ifPresent(
        run -> {
          turn.add(new Effect.CoverWork(run, term));
          turn.add(new Effect.ExtendWork(run, leading.killAt()));
        });
  }

  static void tick(Turn turn, State.Leading leading) {
    if (leading.stopAt().isReached(turn.now)) {
      loseProof(turn, leading);
    } else if (turn.unfit.isPresent()) {
      giveWay(turn, leading, Effect.Level.WARN, turn.unfit.get());
    } else if (leading.run().isEmpty() && leading.startAt().isReached(turn.now)) {
      long run = turn.start(Optional.of(leading.term()), leading.killAt());
      turn.state = leading.running(run);
    } else if (turn.open.isEmpty() && leading.askAt().isReached(turn.now)) {
      turn.ask(new Question.Renew(leading.term()), turn.budgetWithin(leading.stopAt()));
    }
  }

  private static void loseProof(Turn turn, State.Leading leading) {
    State.Next next = afterLosingProof(turn);
    if (next instanceof State.Next.Leave) {
      turn.tell(Effect.Level.ERROR, "leadership can no longer be proven; ending, as asked");
    } else {
      turn.tell(Effect.Level.WARN, "leadership can no longer be proven; stepping down");
    }
    if (leading.run().isPresent()) {
      StepDown.begin(turn, leading, leading.deadlines(), false, SIGTERM, next);
    } else {
      Resign.begin(turn, leading.term(), leading.deadlines().quietBy(), next);
    }
  }

  private static State.Next afterLosingProof(Turn turn) {
    return turn.rules.onElectionFailure() == Rules.ElectionFailure.EXIT
        ? new State.Next.Leave(Status.LEADERSHIP_LOST)
        : new State.Next.StandAgain(turn.now);
  }

  static void answered(Turn turn, State.Leading leading, Question.Open asked, Answer answer) {
    switch (answer) {
      case Answer.Ruled(Verdict.Elected elected)
          when elected.lease().term().equals(leading.term()) ->
          hold(turn, leading, asked, elected);
      case Answer.Ruled(Verdict.Elected other) ->
          lose(turn, leading, "the store names another term, " + other.lease().term());
      case Answer.Ruled(Verdict.NotElected not) -> lose(turn, leading, not.because());
      case Answer.Silent silent -> turn.state = leading.askingAt(retry(turn, leading.stopAt()));
      case Answer.Refused refused -> turn.state = leading.askingAt(retry(turn, leading.stopAt()));
      case Answer.GivenBack back -> {}
    }
  }

  private static void hold(
      Turn turn, State.Leading leading, Question.Open asked, Verdict.Elected elected) {
    Deadlines newer =
        turn.judgement.deadlines(elected.lease(), asked.askedAt(), turn.now, turn.rules.timings());
    State.Leading longer = leading.holding(leading.deadlines().followedBy(newer), turn.now);
    turn.state = longer;
    elected
        .stepDown()
        .ifPresentOrElse(
            because -> giveWay(turn, longer, Effect.Level.INFO, because),
            () ->
                longer
                    .run()
                    .ifPresent(run -> turn.add(new Effect.ExtendWork(run, longer.killAt()))));
  }

  /** Ends a leadership in order: the lease is kept until the work is gone. */
  private static void giveWay(
      Turn turn, State.Leading leading, Effect.Level level, String because) {
    turn.tell(level, "stepping down: " + because);
    State.Next again = new State.Next.StandAgain(turn.now);
    if (leading.run().isPresent()) {
      StepDown.begin(turn, leading, leading.deadlines(), false, SIGTERM, again);
    } else {
      Resign.begin(turn, leading.term(), leading.deadlines().quietBy(), again);
    }
  }

  /** When to ask again after a question without an answer. */
  static Moment retry(Turn turn, Moment end) {
    if (end.equals(Moment.NEVER) || end.isReached(turn.now)) {
      return turn.now.plus(UNHURRIED_RETRY);
    }
    Duration gap = turn.now.until(end).dividedBy(RETRIES_PER_REST);
    return turn.now.plus(gap.compareTo(LEAST_RETRY) > 0 ? gap : LEAST_RETRY);
  }

  private static void lose(Turn turn, State.Leading leading, String because) {
    turn.end(leading.term());
    if (leading.run().isEmpty()) {
      turn.tell(Effect.Level.WARN, "lost leadership: " + because);
      Stand.again(turn, turn.now);
    } else if (leading.keeps()) {
      turn.tell(Effect.Level.WARN, "lost leadership: " + because + "; the work goes on, as asked");
      turn.state =
          new State.Caretaking(turn.now, Moment.NEVER, leading.run(), Optional.empty(), true);
    } else {
      turn.tell(Effect.Level.WARN, "lost leadership: " + because + "; stopping the work");
      Moment kill = turn.now.plus(turn.rules.timings().lossGrace());
      Deadlines sooner = leading.deadlines().endingBy(kill, turn.rules.timings());
      State.Next again = new State.Next.StandAgain(turn.now);
      StepDown.begin(turn, leading, sooner, true, SIGTERM, again);
    }
  }

  static void workEnded(Turn turn, State.Leading leading, Event.Outcome outcome) {
    boolean mayBeGuards = outcome.wasKilled() && leading.isOverrun(turn.now);
    if (outcome.overdue() || mayBeGuards) {
      endedByGuard(turn, leading);
      return;
    }
    turn.restAfter(outcome);
    Moment end = leading.deadlines().quietBy();
    switch (reaction(turn, outcome)) {
      case RERUN -> turn.state = leading.startingAt(turn.restUntil);
      case REELECT ->
          Resign.begin(turn, leading.term(), end, new State.Next.StandAgain(turn.restUntil));
      case EXIT -> Resign.begin(turn, leading.term(), end, new State.Next.Leave(outcome.status()));
      case IGNORE -> Resign.begin(turn, leading.term(), end, new State.Next.Leave(Status.SUCCESS));
    }
  }

  /** Its time was up, and we were too late to stop it ourselves: that is no error of the work. */
  private static void endedByGuard(Turn turn, State.Leading leading) {
    turn.tell(Effect.Level.WARN, "leadership was not proven in time; the work was killed");
    turn.restAfterStop();
    Moment end = leading.deadlines().quietBy();
    Resign.begin(turn, leading.term(), end, afterLosingProof(turn));
  }

  static Rules.Reaction reaction(Turn turn, Event.Outcome outcome) {
    return outcome.isSuccess() ? turn.rules.onSuccess() : turn.rules.onError();
  }

  static void toldToLeave(Turn turn, State.Leading leading, int signal) {
    if (leading.run().isPresent()) {
      turn.tell(Effect.Level.INFO, "told to leave; stopping the work");
      State.Next leave = new State.Next.LeaveWithWork();
      StepDown.begin(turn, leading, leading.deadlines(), false, signal, leave);
    } else {
      State.Next leave = new State.Next.Leave(Status.ofSignal(signal));
      Resign.begin(turn, leading.term(), leading.deadlines().quietBy(), leave);
    }
  }
}

package ballot.engine.core;

import ballot.api.Term;
import ballot.api.Verdict;
import java.util.Optional;

/** Work without leadership, because the operator prefers too much to nothing. */
final class Caretake {

  private Caretake() {}

  /** Begins to work without an answer from the store. */
  static void begin(Turn turn, Moment askAt) {
    turn.tell(
        Effect.Level.WARN,
        "the store does not answer: running without leadership, as asked; others may run too");
    turn.state = new State.Caretaking(askAt, turn.restUntil, Turn.noRun(), Optional.empty(), false);
  }

  static void tick(Turn turn, State.Caretaking caring) {
    if (caring.run().isEmpty() && caring.startAt().isReached(turn.now)) {
      turn.state = caring.running(turn.start(Optional.empty(), Moment.NEVER));
    } else if (turn.open.isEmpty() && caring.askAt().isReached(turn.now)) {
      Question question =
          caring.unwanted().<Question>map(Question.Resign::new).orElseGet(Question.Campaign::new);
      turn.ask(question, turn.rules.timings().callBudget());
    }
  }

  static void answered(Turn turn, State.Caretaking caring, Question.Open asked, Answer answer) {
    switch (answer) {
      case Answer.Ruled(Verdict.Elected elected) -> elected(turn, caring, asked, elected);
      case Answer.Ruled(Verdict.NotElected not) -> notElected(turn, caring, not);
      case Answer.Silent silent -> turn.state = caring.askingAt(turn.afterFailure());
      case Answer.Refused refused ->
          turn.state = caring.givingBack(Optional.empty()).askingAt(turn.afterFailure());
      case Answer.GivenBack back ->
          turn.state = caring.givingBack(Optional.empty()).askingAt(turn.whenSignalled());
    }
  }

  private static void elected(
      Turn turn, State.Caretaking caring, Question.Open asked, Verdict.Elected elected) {
    turn.state = caring.hearing();
    if (asked.question() instanceof Question.Campaign) {
      Lead.begin(turn, asked, elected, caring.run());
    }
  }

  /** What was won cannot be used: work that is running goes on, and the term is given back. */
  static void decline(Turn turn, State.Caretaking caring, Term term) {
    if (caring.run().isEmpty()) {
      Stand.again(turn, turn.whenSignalled());
      return;
    }
    turn.end(term);
    Moment when = Moment.later(turn.holdOffUntil, turn.whenSignalled());
    turn.state = caring.givingBack(Optional.of(term)).askingAt(when);
  }

  private static void notElected(Turn turn, State.Caretaking caring, Verdict.NotElected verdict) {
    if (caring.run().isEmpty()) {
      Stand.again(turn, turn.now);
      return;
    }
    if (!verdict.because().equals(turn.waitingBecause)) {
      turn.waitingBecause = verdict.because();
      turn.tell(
          Effect.Level.WARN,
          "the work goes on without leadership while the election is " + verdict.because());
    }
    turn.state = caring.hearing().askingAt(turn.whenHinted(verdict));
  }

  static void workEnded(Turn turn, State.Caretaking caring, Event.Outcome outcome) {
    turn.restAfter(outcome);
    switch (Lead.reaction(turn, outcome)) {
      case RERUN -> {
        if (caring.storeAnswers()) {
          Resign.after(turn, new State.Next.StandAgain(turn.restUntil));
        } else {
          turn.state = caring.startingAt(turn.restUntil);
        }
      }
      case REELECT -> Resign.after(turn, new State.Next.StandAgain(turn.restUntil));
      case EXIT -> Resign.after(turn, new State.Next.Leave(outcome.status()));
      case IGNORE -> Resign.after(turn, new State.Next.Leave(Status.SUCCESS));
    }
  }

  static void toldToLeave(Turn turn, State.Caretaking caring, int signal) {
    if (caring.run().isPresent()) {
      turn.tell(Effect.Level.INFO, "told to leave; stopping the work");
      StepDown.caretaker(turn, caring, signal);
    } else {
      Resign.after(turn, new State.Next.Leave(Status.ofSignal(signal)));
    }
  }
}

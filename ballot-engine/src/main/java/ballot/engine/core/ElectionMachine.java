package ballot.engine.core;

import java.util.Optional;

/**
 * The rules of an election for one candidate: a pure function of what was and what happens.
 *
 * <p>Thread-safe because it holds nothing that changes. The same snapshot, event and moment always
 * give the same step.
 */
public final class ElectionMachine {

  private final Rules rules;
  private final Judgement judgement;
  private final long jitterSeed;

  /**
   * A machine for one candidate.
   *
   * @param jitterSeed spreads the retries of candidates that lose their store together
   */
  public ElectionMachine(Rules rules, long jitterSeed) {
    this(rules, jitterSeed, new Judgement());
  }

  ElectionMachine(Rules rules, long jitterSeed, Judgement judgement) {
    this.rules = rules;
    this.jitterSeed = jitterSeed;
    this.judgement = judgement;
  }

  /** The beginning of a candidate that is fit to lead. */
  public Snapshot begin(Moment now) {
    return begin(now, Optional.empty());
  }

  /**
   * The beginning: about to stand. The first event is a {@link Event.Tick}.
   *
   * @param unfit why not yet; empty if there is no reason
   */
  public Snapshot begin(Moment now, Optional<String> unfit) {
    Moment giveUpAt = rules.longestWait().map(now::plus).orElse(Moment.NEVER);
    return new Snapshot(State.Standing.from(now, giveUpAt), Memory.blank(giveUpAt, unfit));
  }

  /** What follows from an event at a moment that is not before that of the previous event. */
  public Step step(Snapshot before, Event event, Moment now) {
    Turn turn = new Turn(rules, judgement, jitterSeed, before, now);
    switch (event) {
      case Event.Tick tick -> {}
      case Event.Signalled signalled -> signalled(turn);
      case Event.Answered answered -> answered(turn, answered);
      case Event.WorkEnded ended -> workEnded(turn, ended);
      case Event.ToldToLeave told -> toldToLeave(turn, told);
      case Event.Fitness fitness -> Fitness.changed(turn, fitness.unfit());
    }
    tick(turn);
    return turn.end();
  }

  private static void tick(Turn turn) {
    State before;
    do {
      before = turn.state;
      switch (before) {
        case State.Standing standing -> Stand.tick(turn, standing);
        case State.Leading leading -> Lead.tick(turn, leading);
        case State.SteppingDown down -> StepDown.tick(turn, down);
        case State.Resigning resigning -> Resign.tick(turn, resigning);
        case State.Caretaking caretaking -> Caretake.tick(turn, caretaking);
        case State.Retired retired -> {}
      }
    } while (before != turn.state);
  }

  private static void signalled(Turn turn) {
    if (turn.open.isPresent()) {
      turn.lookAgain = true;
    } else {
      lookAgain(turn);
    }
  }

  private static void lookAgain(Turn turn) {
    turn.lookAgain = false;
    Moment soon = turn.whenSignalled();
    turn.state =
        switch (turn.state) {
          case State.Standing standing -> standing.askingBy(soon);
          case State.Leading leading -> leading.askingAt(Moment.earlier(soon, leading.askAt()));
          case State.SteppingDown down ->
              down.holds() ? down.askingAt(Moment.earlier(soon, down.askAt())) : down;
          case State.Caretaking caring when caring.unwanted().isPresent() -> caring;
          case State.Caretaking caring -> caring.askingAt(Moment.earlier(soon, caring.askAt()));
          case State.Resigning resigning -> resigning;
          case State.Retired retired -> retired;
        };
  }

  private static void answered(Turn turn, Event.Answered event) {
    Optional<Question.Open> asked = turn.open.filter(open -> open.number() == event.number());
    if (asked.isEmpty()) {
      return;
    }
    turn.open = Optional.empty();
    switch (event.answer()) {
      case Answer.Ruled ruled -> turn.hear();
      case Answer.GivenBack back -> turn.hear();
      case Answer.Silent silent -> turn.missAnswer(silent.message(), false);
      case Answer.Refused refused when !turn.heard && turn.state instanceof State.Standing -> {
        // the end of this candidate, and told as that
      }
      case Answer.Refused refused -> turn.missAnswer(refused.message(), true);
    }
    Question.Open open = asked.get();
    switch (turn.state) {
      case State.Standing standing -> Stand.answered(turn, standing, open, event.answer());
      case State.Leading leading -> Lead.answered(turn, leading, open, event.answer());
      case State.SteppingDown down -> StepDown.answered(turn, down, open, event.answer());
      case State.Resigning resigning -> Resign.answered(turn, resigning, open, event.answer());
      case State.Caretaking caring -> Caretake.answered(turn, caring, open, event.answer());
      case State.Retired retired -> {}
    }
    if (turn.lookAgain) {
      lookAgain(turn);
    }
  }

  private static void workEnded(Turn turn, Event.WorkEnded event) {
    switch (turn.state) {
      case State.Leading leading when isRunning(leading.run(), event) ->
          Lead.workEnded(turn, leading, event.outcome());
      case State.SteppingDown down when down.run() == event.run() ->
          StepDown.workEnded(turn, down, event.outcome());
      case State.Caretaking caring when isRunning(caring.run(), event) ->
          Caretake.workEnded(turn, caring, event.outcome());
      default -> {} // a run that this state knows nothing of has nothing to say to it
    }
  }

  private static boolean isRunning(java.util.OptionalLong run, Event.WorkEnded event) {
    return run.isPresent() && run.getAsLong() == event.run();
  }

  private static void toldToLeave(Turn turn, Event.ToldToLeave event) {
    turn.told++;
    switch (turn.state) {
      case State.Standing standing -> Stand.toldToLeave(turn, event.signal());
      case State.Leading leading -> Lead.toldToLeave(turn, leading, event.signal());
      case State.SteppingDown down -> StepDown.toldToLeave(turn, down);
      case State.Resigning resigning -> Resign.toldToLeave(turn, resigning, event.signal());
      case State.Caretaking caring -> Caretake.toldToLeave(turn, caring, event.signal());
      case State.Retired retired -> {}
    }
  }
}

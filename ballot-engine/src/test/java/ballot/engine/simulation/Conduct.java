package ballot.engine.simulation;

import ballot.api.Verdict;
import ballot.engine.core.Answer;
import ballot.engine.core.Effect;
import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Question;
import ballot.engine.core.Rules;
import ballot.engine.core.State;
import ballot.engine.core.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the referee knows of one candidate: what it was told, what it did, and what that proves. */
final class Conduct {

  /** More questions or steps than this in one second are a loop without a pause. */
  private static final int MOST_QUESTIONS = 40;

  private static final int MOST_STEPS = 400;

  private final SimulatedCandidate candidate;
  private final Rules rules;
  private final Moment born;

  private Effect.@Nullable Ask open;
  private Moment askedAt = Moment.NEVER;
  private final Proof proof = new Proof();

  private Event.@Nullable Outcome lastOutcome;
  private Moment endedAt = Moment.NEVER;
  private final Set<Integer> told = new HashSet<>();
  private boolean heard;
  private boolean refused;
  private int misses;
  private long lastStarted;
  private long lastStopped;
  private long lastKilled;
  private long runInDoubt;
  private boolean finished;
  private boolean isUnfit;

  /** The term in which it was asked to step down. */
  private long unwanted;

  private long second;
  private int questions;
  private int steps;

  Conduct(SimulatedCandidate candidate, Moment born) {
    this.candidate = candidate;
    this.rules = candidate.rules();
    this.born = born;
  }

  Proof proof() {
    return proof;
  }

  /** It froze between deciding and telling: whether its guard heard in time it cannot know. */
  void cannotTellItsGuard() {
    runInDoubt = lastStarted;
  }

  boolean keepsWithoutProof() {
    return rules.onLeaseLoss() == Rules.LeaseLoss.KEEP;
  }

  void hears(Event event, Moment now) {
    switch (event) {
      case Event.Answered answered -> answered(answered, now);
      case Event.WorkEnded ended -> {
        lastOutcome = ended.outcome();
        endedAt = now;
      }
      case Event.ToldToLeave order -> told.add(order.signal());
      case Event.Fitness fitness -> isUnfit = fitness.unfit().isPresent();
      case Event.Tick tick -> {}
      case Event.Signalled signalled -> {}
    }
  }

  private void answered(Event.Answered answered, Moment now) {
    Effect.Ask asked = open;
    if (asked == null || asked.number() != answered.number()) {
      throw new IllegalStateException("the model answered a question that was not open");
    }
    open = null;
    switch (answered.answer()) {
      case Answer.Ruled(Verdict.Elected elected) -> {
        proof.prolong(elected.lease(), askedAt);
        elected.stepDown().ifPresent(because -> unwanted = elected.lease().term().number());
      }
      case Answer.Ruled(Verdict.NotElected not) -> {
        if (asked.question() instanceof Question.Renew renew) {
          Moment killed = now.plus(rules.timings().lossGrace());
          proof.lose(renew.term().number(), killed.plus(rules.timings().killMargin()));
        }
      }
      case Answer.GivenBack back -> {}
      case Answer.Silent silent -> misses++;
      case Answer.Refused no -> misses++;
    }
    refused = answered.answer() instanceof Answer.Refused;
    boolean reached = !refused && !(answered.answer() instanceof Answer.Silent);
    heard |= reached;
    misses = reached ? 0 : misses;
  }

  void does(Step step, Moment now) {
    if (finished && !step.effects().isEmpty()) {
      throw fault("after the end", "still does something");
    }
    if (step.next().state() instanceof State.Leading leading
        && leading.term().number() == unwanted) {
      throw fault("gives way", "leads on although it was asked to step down");
    }
    if (step.next().wakeAt().isReached(now)) {
      throw fault("no hot loop", "wants to be woken in the past in " + step.next());
    }
    for (Effect effect : step.effects()) {
      does(effect, now);
    }
    if (finished != (step.next().state() instanceof State.Retired)) {
      throw fault("one end", "is " + step.next().state() + " and finished: " + finished);
    }
    paces(now);
  }

  private void does(Effect effect, Moment now) {
    switch (effect) {
      case Effect.Ask ask -> asks(ask, now);
      case Effect.StartWork start -> starts(start, now);
      case Effect.StopWork stop -> stops(stop.run());
      case Effect.KillWork kill -> kills(kill.run());
      case Effect.Finish finish -> finishes(finish.status(), now);
      case Effect.CoverWork cover -> {}
      case Effect.ExtendWork extend -> {}
      case Effect.Tell tell -> {}
    }
  }

  private void asks(Effect.Ask ask, Moment now) {
    if (open != null) {
      throw fault("one question at a time", "asks " + ask + " while " + open + " is open");
    }
    if (ask.budget().isNegative() || ask.budget().isZero()) {
      throw fault("budgets", "asks without time for an answer: " + ask);
    }
    if (isUnfit
        && ask.question() instanceof Question.Campaign
        && candidate.state() instanceof State.Standing) {
      throw fault("fitness", "campaigns although it is unfit");
    }
    open = ask;
    askedAt = now;
    questions++;
    if (ask.question() instanceof Question.Resign resign) {
      candidate.giveBack(resign.term().number());
    }
  }

  private void starts(Effect.StartWork start, Moment now) {
    if (isUnfit && start.term().isPresent()) {
      throw fault("fitness", "starts work although it is unfit");
    }
    lastStarted = start.run();
    if (!endedAt.equals(Moment.NEVER)
        && now.nanos() < endedAt.plus(rules.timings().rerunDelay()).nanos()) {
      throw fault("rerun delay", "starts " + endedAt.until(now) + " after the last run ended");
    }
  }

  private void stops(long run) {
    if (run != lastStarted || run == lastStopped) {
      throw fault("I5", "stops run " + run + " of " + lastStarted + " again or out of turn");
    }
    lastStopped = run;
  }

  private void kills(long run) {
    if (run != lastStopped || run == lastKilled) {
      throw fault("I5", "kills run " + run + " without having stopped it, or twice");
    }
    lastKilled = run;
  }

  private void finishes(int status, Moment now) {
    if (finished) {
      throw fault("one end", "finishes twice");
    }
    finished = true;
    if (!isExplained(status, now)) {
      throw fault("exit status", "ends with " + status + ", which nothing explains");
    }
  }

  private boolean isExplained(int status, Moment now) {
    boolean waited =
        rules.longestWait().isPresent()
            && born.plus(rules.longestWait().get()).isReached(now)
            && lastStarted == 0;
    boolean endsOnFailure = rules.onElectionFailure() == Rules.ElectionFailure.EXIT;
    return switch (status) {
      case 69 -> (endsOnFailure && misses >= 3) || (waited && !heard);
      case 75 -> waited && heard;
      case 78 -> !heard && refused;
      case 79 -> endsOnFailure && proof.hasEverBeen();
      default -> isSignal(status) || isOfTheWork(status);
    };
  }

  private boolean isSignal(int status) {
    return told.contains(status - 128);
  }

  private boolean isOfTheWork(int status) {
    Event.Outcome outcome = lastOutcome;
    if (outcome == null) {
      return false;
    }
    SimulatedWork work = candidate.work();
    boolean known = runInDoubt != lastStarted || outcome.overdue();
    if (known && told.isEmpty() && work != null && work.wasEndedByGuard()) {
      return false; // its lease was over: that is not the command's doing
    }
    Rules.Reaction reaction = outcome.isSuccess() ? rules.onSuccess() : rules.onError();
    return switch (reaction) {
      case EXIT -> status == outcome.status();
      case IGNORE -> status == 0 || !told.isEmpty() && status == outcome.status();
      case RERUN, REELECT -> !told.isEmpty() && status == outcome.status();
    };
  }

  /** --wait ends the waiting for the first leadership, a question's time later at most. */
  void waitsNoLonger(Moment now) {
    Duration overtime = rules.timings().callBudget().plusSeconds(1);
    boolean isOver =
        rules
            .longestWait()
            .map(wait -> born.plus(wait).plus(overtime).isReached(now))
            .orElse(false);
    if (isOver && lastStarted == 0 && candidate.state() instanceof State.Standing) {
      throw fault("wait", "still waits after --wait");
    }
  }

  private void paces(Moment now) {
    long current = Math.floorDiv(now.nanos(), Dice.SECOND);
    if (current != second) {
      second = current;
      questions = 0;
      steps = 0;
    }
    steps++;
    if (questions > MOST_QUESTIONS || steps > MOST_STEPS) {
      throw fault("no hot loop", questions + " questions and " + steps + " steps within a second");
    }
  }

  private Violation fault(String invariant, String what) {
    return new Violation(invariant, candidate.name() + " " + what, candidate);
  }
}

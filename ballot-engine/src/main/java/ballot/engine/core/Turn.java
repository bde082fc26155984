package ballot.engine.core;

import ballot.api.Durations;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * One step under construction: the snapshot being changed and the effects gathered so far. Lives
 * for one call of {@link ElectionMachine#step} and never leaves it.
 */
final class Turn {

  private static final Duration LEAST_BUDGET = Duration.ofMillis(50);
  private static final Duration LEAST_CAMPAIGN = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
  private static final Duration FIRST_REST_AFTER_ERROR = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS_OF_REST = 10;
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  final Rules rules;
  final Judgement judgement;
  final Moment now;
  final long jitterSeed;
  private final List<Effect> effects = new ArrayList<>(4);

  State state;
  Optional<Question.Open> open;
  boolean lookAgain;
  long questions;
  Moment pace;
  long runs;
  long highestEnded;
  Moment holdOffUntil;
  Moment restUntil;
  int failures;
  int errors;
  Optional<Moment> silentSince;
  boolean refused;
  boolean heard;
  Moment giveUpAt;
  int told;
  String waitingBecause;
  Optional<String> unfit;

  Turn(Rules rules, Judgement judgement, long jitterSeed, Snapshot before, Moment now) {
    this.rules = rules;
    this.judgement = judgement;
    this.jitterSeed = jitterSeed;
    this.now = now;
    this.state = before.state;
    Memory memory = before.memory;
    this.open = memory.open();
    this.lookAgain = memory.lookAgain();
    this.questions = memory.questions();
    this.pace = memory.pace();
    this.runs = memory.runs();
    this.highestEnded = memory.highestEnded();
    this.holdOffUntil = memory.holdOffUntil();
    this.restUntil = memory.restUntil();
    this.failures = memory.failures();
    this.errors = memory.errors();
    this.silentSince = memory.silentSince();
    this.refused = memory.refused();
    this.heard = memory.heard();
    this.giveUpAt = memory.giveUpAt();
    this.told = memory.told();
    this.waitingBecause = memory.waitingBecause();
    this.unfit = memory.unfit();
  }

  Step end() {
    Memory memory =
        new Memory(
            open,
            lookAgain,
            questions,
            pace,
            runs,
            highestEnded,
            holdOffUntil,
            restUntil,
            failures,
            errors,
            silentSince,
            refused,
            heard,
            giveUpAt,
            told,
            waitingBecause,
            unfit);
    return new Step(new Snapshot(state, memory), effects);
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  /** Asks the store; the caller has seen that no question is open. */
  void ask(Question question, Duration budget) {
    if (question instanceof Question.Resign resign) {
      end(resign.term());
    }
    long number = ++questions;
    pace = Pace.afterAsking(pace, now);
    open = Optional.of(new Question.Open(number, question, now));
    add(new Effect.Ask(number, question, longer(budget, LEAST_BUDGET)));
  }

  /** When to ask because the store says that it is worth it. */
  Moment whenSignalled() {
    return Pace.soonest(pace, now);
  }

  /** When to ask again after a no. */
  Moment whenHinted(Verdict.NotElected verdict) {
    return Moment.later(whenSignalled(), now.plus(verdict.lookAgainIn()));
  }

  /** The first campaign has all the time there is; later ones hardly outlast the wait. */
  Duration campaignBudget(Moment giveUp) {
    Duration most = rules.timings().callBudget();
    if (giveUp.equals(Moment.NEVER) || questions == 0) {
      return most;
    }
    return shorter(most, longer(now.until(giveUp), LEAST_CAMPAIGN));
  }

  /** Half of what is left until a moment, so that one call that hangs leaves time for another. */
  Duration budgetWithin(Moment end) {
    if (end.equals(Moment.NEVER) || end.isReached(now)) {
      return rules.timings().callBudget();
    }
    return shorter(now.until(end).dividedBy(2), rules.timings().callBudget());
  }

  /** This term is over for this candidate and is never led again. */
  void end(Term term) {
    highestEnded = Math.max(highestEnded, term.number());
  }

  /** Notes that an earlier leader's work may be ending for so long from now. */
  void holdOff(Duration duration) {
    holdOffUntil = Moment.later(holdOffUntil, now.plus(duration));
  }

  /** Starts work under a term, or without one. */
  long start(Optional<Term> term, Moment killAt) {
    long run = ++runs;
    giveUpAt = Moment.NEVER;
    add(new Effect.StartWork(run, term, killAt));
    return run;
  }

  /** Notes that the store answered. */
  void hear() {
    heard = true;
    failures = 0;
    silentSince.ifPresent(
        since -> tell(Effect.Level.INFO, "the store answers again after " + span(since)));
    silentSince = Optional.empty();
  }

  /** Notes that it did not: loudly once, and once more when silence turns into refusal. */
  void missAnswer(String message, boolean refusal) {
    boolean isNews = silentSince.isEmpty() || refusal && !refused;
    tell(isNews ? Effect.Level.WARN : Effect.Level.DEBUG, message);
    silentSince = Optional.of(silentSince.orElse(now));
    refused = refusal;
  }

  /** When to campaign again after a failure: more and more slowly, never quite together. */
  Moment afterFailure() {
    failures++;
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    double part = 0.5 + 0.5 * new SplittableRandom(jitterSeed + questions).nextDouble();
    return now.plus(Duration.ofNanos((long) (shorter(doubled, LONGEST_RETRY).toNanos() * part)));
  }

  /** Work ended by itself: the next run may start after a rest, longer after each error. */
  void restAfter(Event.Outcome outcome) {
    errors = outcome.isSuccess() ? 0 : errors + 1;
    Duration rest = rules.timings().rerunDelay();
    if (errors > 0) {
      Duration first = rest.isZero() ? FIRST_REST_AFTER_ERROR : rest;
      Duration doubled = first.multipliedBy(1L << Math.min(errors - 1, MOST_DOUBLINGS_OF_REST));
      rest = shorter(doubled, longer(LONGEST_REST, first));
    }
    restUntil = now.plus(rest);
  }

  /** Work was ended from outside, which says nothing about it: the next run may start soon. */
  void restAfterStop() {
    restUntil = now.plus(rules.timings().rerunDelay());
  }

  /** Ends the election for this candidate. */
  void retire(int status) {
    state = new State.Retired(status);
    add(new Effect.Finish(status));
  }

  void tell(Effect.Level level, String message) {
    add(new Effect.Tell(level, message, termOf(state)));
  }

  void tell(Effect.Level level, String message, Term term) {
    add(new Effect.Tell(level, message, Optional.of(term)));
  }

  private String span(Moment since) {
    return Durations.format(since.until(now).truncatedTo(ChronoUnit.MILLIS));
  }

  private static Optional<Term> termOf(State state) {
    return switch (state) {
      case State.Leading leading -> Optional.of(leading.term());
      case State.SteppingDown down -> down.term();
      case State.Resigning resigning -> Optional.of(resigning.term());
      case State.Standing standing -> Optional.empty();
      case State.Caretaking caretaking -> Optional.empty();
      case State.Retired retired -> Optional.empty();
    };
  }

  static OptionalLong noRun() {
    return OptionalLong.empty();
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}

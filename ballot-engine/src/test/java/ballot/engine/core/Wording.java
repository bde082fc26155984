package ballot.engine.core;

import ballot.api.Durations;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Puts events, effects and states into words, for transcripts that a person reads. */
public final class Wording {

  private static final Moment START = new Moment(0);

  private Wording() {}

  /** What happened. */
  public static String of(Event event) {
    return switch (event) {
      case Event.Tick tick -> "tick";
      case Event.Signalled signalled -> "signal";
      case Event.Answered answered -> "answer " + answered.number() + ": " + of(answered.answer());
      case Event.WorkEnded ended -> "run " + ended.run() + " ended with " + of(ended.outcome());
      case Event.ToldToLeave told -> "told to leave by signal " + told.signal();
      case Event.Fitness fitness -> fitness.unfit().map(why -> "unfit: " + why).orElse("fit");
    };
  }

  private static String of(Event.Outcome outcome) {
    String message = outcome.message().isEmpty() ? "" : " (" + outcome.message() + ")";
    return outcome.status() + (outcome.overdue() ? ", overdue" : "") + message;
  }

  /** What the store said. */
  public static String of(Answer answer) {
    return switch (answer) {
      case Answer.Ruled(Verdict.Elected elected) -> elected(elected);
      case Answer.Ruled(Verdict.NotElected not) ->
          "not elected, " + not.because() + ", look again in " + span(not.lookAgainIn());
      case Answer.GivenBack back -> "given back";
      case Answer.Silent silent -> "silent";
      case Answer.Refused refused -> "refused";
    };
  }

  private static String elected(Verdict.Elected elected) {
    String lease =
        elected.lease().isBounded() ? " for " + span(elected.lease().validFor()) : " without end";
    String holdOff = elected.holdOff().isZero() ? "" : ", holding off " + span(elected.holdOff());
    String asked = elected.stepDown().map(because -> ", to step down: " + because).orElse("");
    return "elected term " + elected.lease().term() + lease + holdOff + asked;
  }

  /** What is to be done, with moments counted from zero. */
  public static String of(Effect effect) {
    return of(effect, START);
  }

  /** What is to be done, with moments counted from another. */
  public static String of(Effect effect, Moment start) {
    return switch (effect) {
      case Effect.Ask ask ->
          "ask " + ask.number() + ": " + of(ask.question()) + " within " + span(ask.budget());
      case Effect.StartWork work ->
          "start run " + work.run() + under(work.term()) + until(work.killAt(), start);
      case Effect.CoverWork work -> "cover run " + work.run() + " by term " + work.term();
      case Effect.ExtendWork work -> "extend run " + work.run() + until(work.killAt(), start);
      case Effect.StopWork stop -> "stop run " + stop.run() + " with signal " + stop.signal();
      case Effect.KillWork kill -> "kill run " + kill.run();
      case Effect.Tell tell -> "tell " + tell.level() + inTerm(tell.term()) + ": " + tell.message();
      case Effect.Finish finish -> "finish with " + finish.status();
    };
  }

  private static String of(Question question) {
    return switch (question) {
      case Question.Campaign campaign -> "campaign";
      case Question.Renew renew -> "renew term " + renew.term();
      case Question.Resign resign -> "resign term " + resign.term();
    };
  }

  /** Where a candidate is, in one word. */
  public static String of(State state) {
    return state.getClass().getSimpleName();
  }

  private static String under(Optional<Term> term) {
    return term.map(number -> " under term " + number).orElse(" without a term");
  }

  private static String inTerm(Optional<Term> term) {
    return term.map(number -> " in term " + number).orElse("");
  }

  private static String until(Moment killAt, Moment start) {
    return killAt.equals(Moment.NEVER) ? ", no end" : ", kill at " + span(start.until(killAt));
  }

  /** A duration, in whole milliseconds. */
  static String span(Duration duration) {
    return Durations.format(Duration.ofMillis(Math.floorDiv(duration.toNanos(), 1_000_000L)));
  }
}

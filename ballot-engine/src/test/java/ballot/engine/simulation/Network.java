package ballot.engine.simulation;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Answer;
import ballot.engine.core.Effect;
import ballot.engine.core.Event;

/**
 * What is between candidates and their store. Each question gets exactly one answer, by the end of
 * its budget; what was lost to the asker may still take effect.
 */
final class Network {

  private static final long LATEST = 12 * SECOND;
  private static final double REFUSED_RATHER_THAN_NOT = 0.8;
  private static final double LATE_RATHER_THAN_NEVER = 0.3;

  private final World world;
  private final Weather weather;
  private final Setup setup;
  private final SimulatedStore store;

  Network(World world, Weather weather, Setup setup, SimulatedStore store) {
    this.world = world;
    this.weather = weather;
    this.setup = setup;
    this.store = store;
  }

  /** One question under way. */
  private static final class Inquiry {
    final SimulatedCandidate asker;
    final Effect.Ask ask;
    final long budgetEnd;
    boolean over;

    Inquiry(SimulatedCandidate asker, Effect.Ask ask) {
      this.asker = asker;
      this.ask = ask;
      this.budgetEnd = asker.whenPassed(ask.budget());
    }

    void end(Answer answer) {
      if (!over) {
        over = true;
        asker.hear(new Event.Answered(ask.number(), answer));
      }
    }

    void end() {
      end(new Answer.Silent("no answer in time"));
    }
  }

  void ask(SimulatedCandidate asker, Effect.Ask ask) {
    Inquiry inquiry = new Inquiry(asker, ask);
    Line line = asker.line();
    if (weather.isSlow()) {
      asker.excuses().haveTroubleUntil(inquiry.budgetEnd);
    }
    if (weather.refusesConnections() || line.isCut(Line.Kind.LOUD)) {
      fail(inquiry);
    } else if (weather.isStoreAway() || line.isCut(Line.Kind.SILENT)) {
      loseQuestion(inquiry);
    } else if (line.isCut(Line.Kind.ONE_WAY)) {
      world.in(weather.leg(), () -> store.rule(asker, ask.question()));
      loseAnswer(inquiry);
    } else if (weather.strikes(setup.loss())) {
      loseQuestion(inquiry);
    } else if (line.isRefused() && world.dice.chance(REFUSED_RATHER_THAN_NOT)) {
      refuse(inquiry);
    } else {
      world.in(weather.leg(), () -> arrive(inquiry));
    }
  }

  private void fail(Inquiry inquiry) {
    world.tally.count(Fault.CALL_FAILED);
    inquiry.asker.excuses().haveTroubleNow();
    world.in(weather.leg(), () -> inquiry.end(new Answer.Silent("connection refused")));
  }

  private void refuse(Inquiry inquiry) {
    world.tally.count(Fault.REFUSED);
    inquiry.asker.excuses().haveTroubleNow();
    world.in(2 * weather.leg(), () -> inquiry.end(new Answer.Refused("permission denied")));
  }

  /** To the asker the question is lost; the store may get it yet. */
  private void loseQuestion(Inquiry inquiry) {
    endInSilence(inquiry);
    if (world.dice.chance(LATE_RATHER_THAN_NEVER)) {
      world.tally.count(Fault.QUESTION_LATE);
      world.at(
          inquiry.budgetEnd + world.dice.between(0, LATEST),
          () -> store.rule(inquiry.asker, inquiry.ask.question()));
    } else {
      world.tally.count(Fault.QUESTION_LOST);
    }
  }

  private void loseAnswer(Inquiry inquiry) {
    world.tally.count(Fault.ANSWER_LOST);
    endInSilence(inquiry);
  }

  private void endInSilence(Inquiry inquiry) {
    inquiry.asker.excuses().haveTroubleUntil(inquiry.budgetEnd);
    world.at(inquiry.budgetEnd, inquiry::end);
  }

  private void arrive(Inquiry inquiry) {
    if (weather.isStoreAway() || inquiry.asker.line().isCut()) {
      loseQuestion(inquiry);
      return;
    }
    Answer answer = store.rule(inquiry.asker, inquiry.ask.question());
    if (weather.strikes(setup.loss())) {
      loseAnswer(inquiry);
    } else if (weather.strikes(setup.lag())) {
      lag(inquiry, answer);
    } else {
      sendBack(inquiry, answer, world.now() + weather.leg());
    }
  }

  private void lag(Inquiry inquiry, Answer answer) {
    long left = inquiry.budgetEnd - world.now();
    inquiry.asker.excuses().haveTroubleUntil(inquiry.budgetEnd);
    if (left > MS && world.dice.chance(0.7)) {
      world.tally.count(Fault.ANSWER_SLOW);
      sendBack(inquiry, answer, world.now() + world.dice.between(left / 4, left - MS));
    } else {
      world.tally.count(Fault.ANSWER_LATE);
      sendBack(inquiry, answer, inquiry.budgetEnd + world.dice.scaled(MS, LATEST));
    }
  }

  private void sendBack(Inquiry inquiry, Answer answer, long arrival) {
    if (arrival <= inquiry.budgetEnd) {
      world.at(arrival, () -> inquiry.end(answer));
    } else {
      inquiry.asker.excuses().haveTroubleUntil(inquiry.budgetEnd);
      world.at(inquiry.budgetEnd, () -> endLate(inquiry, answer, arrival));
    }
  }

  /** Who is frozen when the budget ends may find an answer when it wakes. */
  private void endLate(Inquiry inquiry, Answer answer, long arrival) {
    if (arrival < inquiry.asker.frozenUntil() && world.dice.chance(0.5)) {
      world.at(arrival, () -> inquiry.end(answer));
    } else {
      inquiry.end();
    }
  }
}

package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.core.Rules.Reaction;
import ballot.engine.simulation.Dice;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The world of one simulation, drawn once.
 *
 * @param base what a clock that goes right shows in the beginning
 * @param hosts how many candidates
 * @param lease how long a leader that is silent keeps leading
 * @param budget after which a question counts as unanswered
 * @param leg how long a message takes at most
 * @param loss how many messages get lost, on the way there or back, or come late
 * @param aim how often something goes wrong at one of the moments that matter
 * @param every time between two things that go wrong at any time, about
 * @param active how long things go wrong
 * @param calm how long nothing does afterwards
 * @param runsAnyway whether candidates run without leadership when the store is away
 */
record Circumstances(
    Instant base,
    Pattern timetable,
    AgendaRules rules,
    int hosts,
    long lease,
    long budget,
    long leg,
    double loss,
    double aim,
    long every,
    long active,
    long calm,
    boolean runsAnyway) {

  private static final long MINUTE = 60 * SECOND;

  static Circumstances drawn(Dice dice) {
    Instant base = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(dice.between(0, 40_000_000));
    Pattern timetable = Pattern.drawn(dice, base.getEpochSecond());
    long period = timetable.period();
    return new Circumstances(
        base,
        timetable,
        rules(dice, period),
        (int) dice.between(2, 5),
        dice.scaled(500 * MS, 15 * SECOND),
        dice.scaled(200 * MS, 3 * SECOND),
        dice.scaled(MS / 10, 30 * MS),
        dice.oneOf(0.0, 0.01, 0.05),
        dice.scaled(2, 100) / 1000.0,
        dice.scaled(period / 2, 30 * period),
        Math.max(20 * SECOND, period * dice.between(20, 80)),
        Math.max(7 * MINUTE, 15 * period),
        dice.chance(0.15));
  }

  private static AgendaRules rules(Dice dice, long period) {
    return new AgendaRules(
        dice.oneOf(AgendaRules.Concurrency.values()),
        dice.chance(0.6) ? Optional.empty() : duration(dice, 10 * MS, 3 * period),
        dice.chance(0.6) ? Optional.empty() : duration(dice, SECOND, 5 * period),
        dice.chance(0.7) ? Duration.ZERO : duration(dice, MS, 2 * period).orElseThrow(),
        dice.chance(0.5) ? AgendaRules.CatchUp.ALL : dice.oneOf(AgendaRules.CatchUp.values()),
        dice.chance(0.7) ? AgendaRules.OnUnknown.SKIP : AgendaRules.OnUnknown.RERUN,
        dice.chance(0.6) ? Reaction.IGNORE : dice.oneOf(Reaction.values()),
        dice.chance(0.6) ? Reaction.IGNORE : dice.oneOf(Reaction.values()),
        Duration.ofNanos(period / dice.between(2, 30)),
        Duration.ofNanos(dice.scaled(10 * MS, 10 * SECOND)));
  }

  private static Optional<Duration> duration(Dice dice, long least, long most) {
    return Optional.of(Duration.ofNanos(dice.scaled(least, most)));
  }

  boolean rerunsInOneTerm() {
    return rules.onSuccess() == Reaction.RERUN || rules.onError() == Reaction.RERUN;
  }
}

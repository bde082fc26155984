package ballot.engine.agenda;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Whether one agenda behaves, as far as that can be seen without looking at others. */
final class Conduct {

  private static final int MOST_A_SECOND = 3_000;

  private final Play play;
  private final Reign reign;
  private final Set<Long> going = new HashSet<>();
  private Instant openedAt;
  private Instant latest;
  private boolean stopped;
  private boolean finished;
  private long second;
  private int inSecond;

  Conduct(Play play, Reign reign, Instant now) {
    this.play = play;
    this.reign = reign;
    this.openedAt = now;
    this.latest = now;
  }

  void hear(AgendaEvent event, Now now) {
    latest = now.time().isAfter(latest) ? now.time() : latest;
    breathe(now.moment().nanos() / 1_000_000_000L);
    switch (event) {
      case AgendaEvent.Stop stop -> stopped = true;
      case AgendaEvent.Elected elected -> {
        play.referee.nobodyKnows(openedAt, now.time());
        openedAt = now.time();
      }
      case AgendaEvent.Ended ended -> going.remove(ended.run());
      case AgendaEvent.Tick tick -> {}
      case AgendaEvent.Read read -> {}
      case AgendaEvent.Wrote wrote -> {}
      case AgendaEvent.Unanswered none -> {}
      case AgendaEvent.Started started -> {}
      case AgendaEvent.Kill kill -> {}
    }
  }

  private void breathe(long now) {
    inSecond = now == second ? inSecond + 1 : 0;
    second = now;
    if (inSecond > MOST_A_SECOND) {
      throw new Violation(reign.name() + " is busy with itself");
    }
  }

  void perform(AgendaEffect effect) {
    if (finished) {
      throw new Violation(reign.name() + " goes on after it has finished: " + effect);
    }
    switch (effect) {
      case AgendaEffect.Start start -> start(start);
      case AgendaEffect.Finish finish -> {
        finished = true;
        if (!going.isEmpty()) {
          throw new Violation(reign.name() + " finishes while something runs");
        }
      }
      case AgendaEffect.Prepare soon -> {}
      case AgendaEffect.Tell tell -> play.tally.count(level(tell));
      case AgendaEffect.Read read -> {}
      case AgendaEffect.Write write -> {}
      case AgendaEffect.StopRun stop -> mustGo(stop.run());
      case AgendaEffect.KillRun kill -> mustGo(kill.run());
    }
  }

  private static String level(AgendaEffect.Tell tell) {
    return "lines of the log, " + tell.level();
  }

  private void start(AgendaEffect.Start start) {
    if (stopped) {
      throw new Violation(reign.name() + " starts after it was told to stop: " + start);
    }
    boolean beside = play.set.rules().concurrency() == AgendaRules.Concurrency.ALLOW;
    if (!beside && !going.isEmpty()) {
      throw new Violation(reign.name() + " runs two at once: " + start);
    }
    if (!going.add(start.run()) || going.size() > AgendaRules.MOST_BESIDE) {
      throw new Violation(reign.name() + " starts once too often: " + start);
    }
  }

  private void mustGo(long run) {
    if (!going.contains(run)) {
      throw new Violation(reign.name() + " ends run " + run + ", of which nothing is left");
    }
  }

  /** When it began to decide about ticks. */
  Instant openedAt() {
    return openedAt;
  }

  /** The latest that its clock ever showed. */
  Instant latest() {
    return latest;
  }
}

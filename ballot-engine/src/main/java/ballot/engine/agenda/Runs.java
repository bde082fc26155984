package ballot.engine.agenda;

import ballot.api.Term;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Moment;
import ballot.engine.core.Rules.Reaction;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The runs that an agenda has going, and the one that it may run again. */
final class Runs {

  private static final int SIGTERM = 15;
  private static final int SIGNALLED = 128;
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration LEAST_REST_AFTER_ERROR = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  private final AgendaRules rules;
  private final List<AgendaEffect> effects;
  private final Map<Long, RunInHand> going = new TreeMap<>();
  private long started;
  private @Nullable Rerun rerun;
  private int errors;
  private Outcome last = new Outcome(SIGNALLED + SIGTERM, "");

  private record Rerun(Entry.Run entry, Moment at) {}

  /** What a run's end means. */
  record Ending(Entry.Run entry, Reaction reaction) {}

  Runs(AgendaRules rules, List<AgendaEffect> effects) {
    this.rules = rules;
    this.effects = effects;
  }

  boolean isEmpty() {
    return going.isEmpty();
  }

  /** Those that go on, the latest last. */
  List<Entry.Run> going() {
    return going.values().stream().map(RunInHand::entry).toList();
  }

  /** How the last one ended; or the signal by which everything was to end, if nothing ran then. */
  Outcome lastOutcome() {
    return last;
  }

  void start(Entry.Run entry, Optional<Term> term) {
    long run = ++started;
    going.put(run, RunInHand.of(entry, Moment.NEVER));
    effects.add(new AgendaEffect.Start(run, term, entry.tick(), id(entry)));
  }

  /**
   * The name of a run, which no other has while the store lives. Without leadership two may run a
   * tick, so there it is the candidate that tells them apart.
   */
  private static String id(Entry.Run entry) {
    String leadership =
        entry.term() == 0
            ? "0" + Integer.toHexString(entry.candidate().hashCode())
            : Long.toString(entry.term());
    return leadership + "-" + COMPACT.format(entry.tick()) + "-" + entry.attempts();
  }

  Optional<Entry.Run> started(long run, Now now) {
    RunInHand hand = going.get(run);
    if (hand == null) {
      return Optional.empty();
    }
    Entry.Run entry = hand.entry().startedAt(now.time());
    Moment overdueAt = rules.deadline().map(now.moment()::plus).orElse(Moment.NEVER);
    RunInHand begun = hand.as(entry);
    going.put(
        run,
        hand.isEnding() ? begun : new RunInHand(entry, overdueAt, Moment.NEVER, hand.ending()));
    return Optional.of(entry);
  }

  /** Takes note of an end; empty for a run that is not known. */
  Optional<Ending> ended(AgendaEvent.Ended event, Now now) {
    RunInHand hand = going.remove(event.run());
    if (hand == null) {
      return Optional.empty();
    }
    Outcome outcome = event.outcome();
    Entry.Outcome how = how(hand, event);
    last = outcome;
    OptionalInt status =
        how == Entry.Outcome.NOT_STARTED ? OptionalInt.empty() : OptionalInt.of(outcome.status());
    Entry.Run entry = hand.entry().endedAt(now.time(), how, status);
    return Optional.of(new Ending(entry, reaction(how)));
  }

  private static Entry.Outcome how(RunInHand hand, AgendaEvent.Ended event) {
    if (hand.isEnding()) {
      return hand.ending();
    }
    if (!event.executed()) {
      return event.outcome().overdue() ? Entry.Outcome.STOPPED : Entry.Outcome.NOT_STARTED;
    }
    if (event.outcome().overdue()) {
      return Entry.Outcome.STOPPED;
    }
    return event.outcome().isSuccess() ? Entry.Outcome.SUCCEEDED : Entry.Outcome.FAILED;
  }

  private Reaction reaction(Entry.Outcome how) {
    return switch (how) {
      case SUCCEEDED -> {
        errors = 0;
        yield rules.onSuccess();
      }
      case FAILED, NOT_STARTED, OVERDUE -> {
        errors++;
        yield rules.onError();
      }
      case REPLACED, STOPPED, CLAIMED, RUNNING, ABANDONED, UNKNOWN -> Reaction.IGNORE;
    };
  }

  // running a tick again

  void rerunLater(Entry.Run entry, Moment now) {
    Duration rest = rules.rerunDelay();
    if (errors > 0) {
      Duration first = rest.isZero() ? LEAST_REST_AFTER_ERROR : rest;
      rest = first.multipliedBy(1L << Math.min(errors - 1, MOST_DOUBLINGS));
      rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }
    rerun = new Rerun(entry, now.plus(rest));
  }

  void forgetRerun() {
    rerun = null;
  }

  /** When something is to be run again. */
  Moment rerunAt() {
    return rerun == null ? Moment.NEVER : rerun.at;
  }

  /** What is to be run again now. */
  Optional<Entry.Run> rerun(Moment now) {
    Rerun due = rerun;
    if (due == null || !due.at.isReached(now)) {
      return Optional.empty();
    }
    rerun = null;
    return Optional.of(due.entry.again());
  }

  // ending

  /** Ends what has taken too long, and kills what did not end when asked. */
  void tick(Moment now) {
    for (Map.Entry<Long, RunInHand> one : going.entrySet()) {
      RunInHand hand = one.getValue();
      if (hand.overdueAt().isReached(now)) {
        effects.add(
            new AgendaEffect.Tell(
                ballot.engine.core.Effect.Level.WARN,
                "tick " + hand.entry().tick() + " has run for too long and is ended"));
        one.setValue(end(one.getKey(), hand, Entry.Outcome.OVERDUE, SIGTERM, now));
      } else if (hand.killAt().isReached(now)) {
        effects.add(new AgendaEffect.KillRun(one.getKey()));
        one.setValue(hand.killed());
      }
    }
  }

  /** Ends everything in favour of the next tick. */
  void displace(Moment now) {
    going.replaceAll(
        (run, hand) ->
            hand.isEnding() ? hand : end(run, hand, Entry.Outcome.REPLACED, SIGTERM, now));
  }

  private RunInHand end(long run, RunInHand hand, Entry.Outcome why, int signal, Moment now) {
    effects.add(new AgendaEffect.StopRun(run, signal));
    return hand.endingFor(why, now.plus(rules.stopTimeout()));
  }

  /** Ends everything for good; who ordered it says when to kill. */
  void stop(int signal) {
    rerun = null;
    last = new Outcome(SIGNALLED + signal, "");
    going.replaceAll(
        (run, hand) -> {
          effects.add(new AgendaEffect.StopRun(run, signal));
          return hand.isEnding() ? hand : hand.endingFor(Entry.Outcome.STOPPED, Moment.NEVER);
        });
  }

  void kill() {
    going.keySet().forEach(run -> effects.add(new AgendaEffect.KillRun(run)));
  }

  Moment wakeAt() {
    Moment next = Moment.NEVER;
    for (RunInHand hand : going.values()) {
      next = Moment.earlier(next, hand.wakeAt());
    }
    return next;
  }
}

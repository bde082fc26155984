package ballot.engine.agenda;

import ballot.api.Term;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the leader of a schedule does, from the moment it leads until it leads no more. One thread
 * at a time; the same events at the same moments always have the same effects.
 *
 * <p>Without a term it runs ticks as they come, and nothing is written down.
 */
public final class Agenda {

  /** How long the last word may take when there is nothing else left to do. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  /** So long before a tick its run is made ready for. */
  private static final Duration AHEAD = Duration.ofMillis(500);

  private final Judge judge;
  private final List<AgendaEffect> effects = new ArrayList<>();
  private final Draft draft;
  private final Diary diary;
  private final Runs runs;
  private Instant openedAt;
  private Leaving leaving = Leaving.NO;
  private Moment finishBy = Moment.NEVER;
  private boolean over;
  private Wake wake = Wake.NEVER;
  private @Nullable Instant preparedFor;

  private enum Leaving {
    NO,
    /** As soon as the runs that go on have ended. */
    SOON,
    /** The runs are being ended. */
    NOW
  }

  /**
   * Begins.
   *
   * @param election its name, which puts off its ticks by its own measure
   * @param candidate who runs them, for people
   * @param term under which; empty without leadership
   */
  public Agenda(
      AgendaRules rules,
      Timetable timetable,
      String election,
      String candidate,
      Optional<Term> term,
      Now now) {
    this.judge = new Judge(rules, timetable, new Jitter(election, rules.jitter()));
    this.draft = new Draft(candidate, effects);
    this.diary = new Diary(timetable, draft, rules.onUnknown(), term, now, effects);
    this.runs = new Runs(rules, effects);
    this.openedAt = now.time();
  }

  /** What follows from an event. Nothing any more once it has finished. */
  public List<AgendaEffect> handle(AgendaEvent event, Now now) {
    if (!over) {
      take(event, now);
      advance(now);
    }
    List<AgendaEffect> all = List.copyOf(effects);
    effects.clear();
    return all;
  }

  /** When it wants to be looked at if nothing happens before. */
  public Wake wakeAt() {
    if (over) {
      return Wake.NEVER;
    }
    Wake next = wake.orAt(runs.wakeAt());
    return runs.isEmpty() ? next.orAt(finishBy) : next;
  }

  private void take(AgendaEvent event, Now now) {
    switch (event) {
      case AgendaEvent.Tick tick -> {}
      case AgendaEvent.Read read when diary.isAnswer(read.number()) -> {
        diary.read(read, now);
        confirm(now);
      }
      case AgendaEvent.Wrote wrote when diary.isAnswer(wrote.number()) -> {
        diary.wrote(wrote, now.moment());
        confirm(now);
      }
      case AgendaEvent.Unanswered none when diary.isAnswer(none.number()) ->
          diary.missed(none, now.moment());
      case AgendaEvent.Started started -> runs.started(started.run(), now).ifPresent(draft::note);
      case AgendaEvent.Ended ended -> ended(ended, now);
      case AgendaEvent.Elected elected -> {
        openedAt = now.time();
        runs.forgetRerun(); // what began without leadership was claimed by nobody
        diary.elected(elected.term(), now.moment());
      }
      case AgendaEvent.Stop stop -> stop(stop.signal(), now);
      case AgendaEvent.Kill kill -> {
        runs.kill();
        finishBy = now.moment();
      }
      default -> {} // an answer to a question that nobody waits for any more
    }
  }

  // the runs

  /** Starts what was claimed, once the claim is known to stand. */
  private void confirm(Now now) {
    Optional<Draft.Claim> standing = diary.standing();
    if (standing.isEmpty()) {
      return;
    }
    Draft.Claim made = standing.get();
    Optional<String> tooLate = judge.tooLate(made.run().tick(), now.time());
    if (leaving != Leaving.NO) {
      draft.withdraw();
    } else if (tooLate.isPresent()) {
      draft.giveUp(made, tooLate.get());
    } else {
      draft.forgetClaim();
      start(made.run(), now);
    }
  }

  private void start(Entry.Run entry, Now now) {
    String late = judge.lateness(entry.tick(), now.time()).map(text -> ", " + text).orElse("");
    effects.add(new AgendaEffect.Tell(Level.INFO, "tick " + entry.tick() + late));
    runs.start(entry, diary.term());
  }

  private void ended(AgendaEvent.Ended event, Now now) {
    Optional<Runs.Ending> known = runs.ended(event, now);
    if (known.isEmpty()) {
      return;
    }
    Runs.Ending ending = known.get();
    boolean neverBegan = !event.executed() && leaving == Leaving.NOW;
    if (neverBegan && draft.leaveToTheNext(ending.entry())) {
      return;
    }
    draft.note(ending.entry());
    if (leaving == Leaving.NO) {
      react(ending, now);
    }
  }

  private void react(Runs.Ending ending, Now now) {
    switch (ending.reaction()) {
      case IGNORE -> {}
      case RERUN -> {
        if (ending.entry().term() == diary.termNumber()) {
          runs.rerunLater(ending.entry(), now.moment());
        }
      }
      case REELECT, EXIT -> {
        runs.forgetRerun();
        leaving = Leaving.SOON;
      }
    }
  }

  private void stop(int signal, Now now) {
    leaving = Leaving.NOW;
    runs.stop(signal);
    if (runs.isEmpty()) {
      finishBy = now.moment().plus(LAST_WORD);
    }
  }

  // what is next

  private void advance(Now now) {
    wake = Wake.NEVER;
    runs.tick(now.moment());
    diary.tick(now.moment());
    if (leaving != Leaving.NO) {
      conclude(now);
    } else {
      while (diary.leads() && diary.isReady(now.moment()) && decide(now)) {
        // until there is nothing more to decide
      }
      if (diary.leads() && diary.isSettled()) {
        wake = wake.orAt(runs.rerunAt()); // while nothing can be decided an answer wakes
      }
    }
    wake = over ? Wake.NEVER : wake.orAt(diary.wakeAt());
  }

  /** Decides about what is due; false when there is nothing more to decide for now. */
  private boolean decide(Now now) {
    runs.rerun(now.moment())
        .ifPresent(
            entry -> {
              draft.note(entry);
              runs.start(entry, diary.term());
            });
    if (draft.owesUnknown() && runs.isEmpty()) {
      runs.forgetRerun();
      return claimOrStart(draft.claimUnknown(diary.termNumber(), now.time()), now);
    }
    Decision decision =
        draft.isClaiming()
            ? new Decision.Hold()
            : judge.decide(draft.book(), runs.going(), now.time(), openedAt);
    switch (decision) {
      case Decision.Rest rest -> wake = rest.until().map(due -> rest(due, now)).orElse(Wake.NEVER);
      case Decision.Hold hold -> {}
      case Decision.Displace displace -> runs.displace(now.moment());
      case Decision.PassOver pass -> {
        draft.passOver(pass.passed());
        return true;
      }
      case Decision.Claim due -> {
        draft.passOver(due.passed());
        runs.forgetRerun();
        return claimOrStart(draft.claim(due.tick(), diary.termNumber(), now.time()), now);
      }
    }
    diary.writeNews();
    return false;
  }

  /** Wakes when a run is due, and once a little before. */
  private Wake rest(Instant due, Now now) {
    Instant prepareAt = due.minus(AHEAD);
    if (now.time().isBefore(prepareAt)) {
      return new Wake(Optional.of(prepareAt), Moment.NEVER);
    }
    if (!due.equals(preparedFor)) {
      preparedFor = due;
      effects.add(new AgendaEffect.Prepare());
    }
    return new Wake(Optional.of(due), Moment.NEVER);
  }

  /** Writes the claim down; without leadership the run starts, and more can be decided. */
  private boolean claimOrStart(Entry.Run run, Now now) {
    if (diary.isWritten()) {
      diary.writeNews();
      return false;
    }
    start(run, now);
    return true;
  }

  // the end

  private void conclude(Now now) {
    if (!runs.isEmpty()) {
      // what has ended by now is written down while the rest goes on
      if (diary.leads() && diary.isReady(now.moment())) {
        diary.writeNews();
      }
      return;
    }
    if (finishBy.equals(Moment.NEVER)) {
      finishBy = now.moment().plus(LAST_WORD);
    }
    boolean inTime = !finishBy.isReached(now.moment());
    if (inTime && diary.isWritten() && diary.isOpen() && diary.leads()) {
      if (diary.isWaiting() || !diary.isReady(now.moment())) {
        return;
      }
      draft.withdraw();
      if (diary.hasNews()) {
        diary.writeNews();
        return;
      }
    }
    over = true;
    effects.add(new AgendaEffect.Finish(runs.lastOutcome()));
  }
}

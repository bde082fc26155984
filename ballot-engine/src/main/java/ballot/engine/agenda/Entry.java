package ballot.engine.agenda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A line of the {@link Book}. */
public sealed interface Entry {

  /** A tick that was claimed. */
  record Run(
      Instant tick,
      long term,
      String candidate,
      int attempts,
      Instant claimed,
      Optional<Instant> started,
      Optional<Instant> ended,
      Outcome outcome,
      OptionalInt status)
      implements Entry {

    /** A run that is about to begin; term 0 when it runs without leadership. */
    static Run claim(Instant tick, long term, String candidate, Instant now) {
      return new Run(
          tick,
          term,
          candidate,
          1,
          now,
          Optional.empty(),
          Optional.empty(),
          Outcome.CLAIMED,
          OptionalInt.empty());
    }

    /** Whether it is the same run, perhaps further on. */
    boolean isSameAs(Run other) {
      return tick.equals(other.tick) && term == other.term;
    }

    Run startedAt(Instant now) {
      return new Run(
          tick,
          term,
          candidate,
          attempts,
          claimed,
          Optional.of(started.orElse(now)),
          Optional.empty(),
          Outcome.RUNNING,
          OptionalInt.empty());
    }

    Run endedAt(Instant now, Outcome how, OptionalInt with) {
      return new Run(
          tick, term, candidate, attempts, claimed, started, Optional.of(now), how, with);
    }

    /** Never to be known any better. */
    Run left(Outcome how) {
      return new Run(tick, term, candidate, attempts, claimed, started, ended, how, status);
    }

    Run again() {
      return new Run(
          tick,
          term,
          candidate,
          attempts + 1,
          claimed,
          started,
          Optional.empty(),
          Outcome.RUNNING,
          OptionalInt.empty());
    }
  }

  /**
   * Ticks in a row that were not run.
   *
   * @param count how many; zero if nobody counted them
   */
  record NotRun(Instant first, Instant last, long count, String reason) implements Entry {

    static NotRun one(Instant tick, String reason) {
      return new NotRun(tick, tick, 1, reason);
    }

    /** The same with one line for neighbours of one reason. */
    static List<NotRun> folded(List<NotRun> all) {
      List<NotRun> folded = new ArrayList<>();
      for (NotRun more : all) {
        if (!folded.isEmpty() && folded.getLast().reason.equals(more.reason)) {
          folded.add(folded.removeLast().followedBy(more));
        } else {
          folded.add(more);
        }
      }
      return folded;
    }

    /** For the log. */
    String text() {
      if (first.equals(last)) {
        return "tick " + first + " is not run: " + reason;
      }
      String many = count == 0 ? "" : count + " ";
      return many + "ticks from " + first + " to " + last + " are not run: " + reason;
    }

    NotRun followedBy(NotRun other) {
      long both = count == 0 || other.count == 0 ? 0 : count + other.count;
      return new NotRun(first, other.last, both, reason);
    }
  }

  /** How it stands with a run. */
  enum Outcome {
    /** About to begin. */
    CLAIMED,
    /** Its start is recorded, its end not yet. */
    RUNNING,
    /** Ended with status 0. */
    SUCCEEDED,
    /** Ended with another status. */
    FAILED,
    /** Could not be started. */
    NOT_STARTED,
    /** Took too long and was ended. */
    OVERDUE,
    /** Was ended for the next tick. */
    REPLACED,
    /** Was ended because its leader stepped down or lost leadership. */
    STOPPED,
    /** Its leader was gone before its end was recorded; it runs no more. */
    ABANDONED,
    /** Its leader was gone before its start was recorded: it may have run, and may not. */
    UNKNOWN;

    /** Whether more is to be expected from the leader that claimed it. */
    public boolean isOpen() {
      return this == CLAIMED || this == RUNNING;
    }
  }
}

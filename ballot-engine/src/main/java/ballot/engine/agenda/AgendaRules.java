package ballot.engine.agenda;

import ballot.engine.core.Rules.Reaction;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator wants of a schedule.
 *
 * @param concurrency what becomes of a tick that is due while a run goes on
 * @param deadline how long a run may take; empty is for ever
 * @param startDeadline how late a run may start; empty is never too late
 * @param jitter by how much, at most, the start of each run is put off
 * @param catchUp what becomes of ticks that no one ran while nobody led
 * @param onUnknown what becomes of a tick whose run was claimed, and whose start nobody recorded
 * @param onSuccess what follows a run that ended well
 * @param onError what follows one that did not
 * @param rerunDelay between two runs of one tick, longer after errors
 * @param stopTimeout between asking an overdue run to end and killing it
 */
public record AgendaRules(
    Concurrency concurrency,
    Optional<Duration> deadline,
    Optional<Duration> startDeadline,
    Duration jitter,
    CatchUp catchUp,
    OnUnknown onUnknown,
    Reaction onSuccess,
    Reaction onError,
    Duration rerunDelay,
    Duration stopTimeout) {

  /** So many ticks are made up for at most. */
  public static final int MOST_CAUGHT_UP = 100;

  /** So many runs go on beside each other at most. */
  public static final int MOST_BESIDE = 50;

  /** What becomes of a tick that is due while an earlier run goes on. */
  public enum Concurrency {
    /** It is not run. */
    SKIP,
    /** It is run afterwards. */
    QUEUE,
    /** The earlier run is ended first. */
    REPLACE,
    /** It is run beside. */
    ALLOW
  }

  /** What a new leader does with ticks that no one ran. */
  public enum CatchUp {
    /** Names them. */
    NONE,
    /** Runs the latest and names the others. */
    LAST,
    /** Runs them in order, the latest hundred. */
    ALL
  }

  /** What becomes of a tick of which nobody knows whether its run has begun. */
  public enum OnUnknown {
    /** It stays unknown. */
    SKIP,
    /** It is run again, perhaps for the second time. */
    RERUN
  }
}

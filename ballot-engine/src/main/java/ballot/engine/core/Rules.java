package ballot.engine.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator wants to happen: the policies of one run.
 *
 * @param onSuccess what follows work that ended well
 * @param onError what follows work that ended badly or could not start
 * @param onElectionFailure what to do when the store does not answer
 * @param onLeaseLoss what becomes of running work when leadership can no longer be proven
 * @param longestWait how long to wait for the first leadership; empty is for ever, zero asks once
 * @param timings the durations
 */
public record Rules(
    Reaction onSuccess,
    Reaction onError,
    ElectionFailure onElectionFailure,
    LeaseLoss onLeaseLoss,
    Optional<Duration> longestWait,
    Timings timings) {

  /** What follows when work has ended. */
  public enum Reaction {
    /** Start again while still leading. */
    RERUN,
    /** Give leadership back and stand at the end of the line. */
    REELECT,
    /** End with the work's status. */
    EXIT,
    /** End with status 0, whatever the work said. */
    IGNORE
  }

  /** What follows when the store stays silent. */
  public enum ElectionFailure {
    /** Ask again, more and more slowly. */
    RETRY,
    /** Do the work without leadership. */
    RUN_ANYWAY,
    /** End. */
    EXIT
  }

  /** What becomes of running work without proof of leadership. */
  public enum LeaseLoss {
    /** It is stopped before another can lead. */
    TERMINATE,
    /** It goes on; two may run at once. */
    KEEP
  }
}

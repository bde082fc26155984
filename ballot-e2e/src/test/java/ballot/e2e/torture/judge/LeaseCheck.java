package ballot.e2e.torture.judge;

import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.world.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Whether all of a run was gone before its lease ended. For one thread, but for the least slack.
 */
final class LeaseCheck {

  /** A kill that is due takes so long at most, on a machine that lets it. */
  private static final long BEFORE_NANOS = 300_000_000L;

  private final LeaseBook leases = new LeaseBook();
  private final Docket docket;
  private final long lateNanos;
  private final Stalls stalls;
  private volatile long leastSlackNanos = Long.MAX_VALUE;

  LeaseCheck(Docket docket, Duration late, Stalls stalls) {
    this.stalls = stalls;
    this.docket = docket;
    this.lateNanos = late.toNanos();
  }

  /** The least that any run left of its lease; empty before the first. */
  OptionalLong leastSlackNanos() {
    return leastSlackNanos == Long.MAX_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(leastSlackNanos);
  }

  /**
   * Looks at a run that is over.
   *
   * @param isLast whether the log will say no more
   * @return false if it looks wrong and the log may still say more
   */
  boolean check(Run run, Candidate.Incarnation incarnation, boolean isLast) {
    try {
      OptionalLong end = leases.leaseEnds(incarnation, run.endedNanos());
      long slack = end.isEmpty() ? Long.MAX_VALUE : end.getAsLong() - run.endedNanos();
      if (slack < 0 && !isLast) {
        return false;
      }
      long stalled =
          slack >= 0 ? 0 : stalls.within(end.getAsLong() - BEFORE_NANOS, run.endedNanos());
      if (slack < -lateNanos - stalled) {
        docket.note("I2", "%s outlived its lease by %d ms".formatted(run, -slack / 1_000_000));
      } else {
        leastSlackNanos = Math.min(leastSlackNanos, slack);
      }
    } catch (IOException unreadable) {
      docket.note("log", incarnation.log() + " cannot be read: " + unreadable.getMessage());
    }
    return true;
  }

  /** Forgets a start that has ended. */
  void close(Candidate.Incarnation incarnation) {
    leases.close(incarnation);
  }
}

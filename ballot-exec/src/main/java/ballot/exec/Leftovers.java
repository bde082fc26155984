package ballot.exec;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What is left of a command when its first process has ended: asked to end, then killed. */
final class Leftovers {

  private static final Logger LOG = System.getLogger(Leftovers.class.getName());

  private static final long FIRST_PAUSE_NANOS = 500_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final Census census;
  private final Duration stopTimeout;
  private final BooleanSupplier isKilling;

  Leftovers(Census census, Duration stopTimeout, BooleanSupplier isKilling) {
    this.census = census;
    this.stopTimeout = stopTimeout;
    this.isKilling = isKilling;
  }

  /**
   * Returns when nobody is left, however long that takes.
   *
   * @param ask asks them to end; called once, if there are any
   * @param killToo called when they are killed
   * @return how many there were
   */
  int clear(Runnable ask, Runnable killToo) {
    if (census.isGone()) {
      return 0;
    }
    int count = census.alive().map(List::size).orElse(0);
    ask.run();
    long killAt = System.nanoTime() + stopTimeout.toNanos();
    boolean hasKilled = false;
    long pause = FIRST_PAUSE_NANOS;
    while (!census.isGone()) {
      if (isDue(killAt)) {
        if (!hasKilled) {
          hasKilled = true;
          killToo.run();
        }
        census.killAll();
      }
      pause = awaitSomeEnd(pause, killAt, hasKilled);
    }
    if (count > 0) {
      LOG.log(
          Level.INFO,
          "the command left {0,choice,1#a process|1<{0} processes} behind, ended{1}",
          count,
          hasKilled ? " by force" : "");
    }
    return count;
  }

  /** Looks only at those known, which costs less than looking at everybody. */
  private long awaitSomeEnd(long firstPause, long killAt, boolean hasKilled) {
    Optional<List<ProcessStat>> known = census.alive();
    long pause = firstPause;
    do {
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    } while (known.isPresent()
        && census.anyOf(known.get())
        && (hasKilled ? pause < LONGEST_PAUSE_NANOS : !isDue(killAt)));
    return hasKilled ? Math.min(pause, LONGEST_PAUSE_NANOS) : FIRST_PAUSE_NANOS;
  }

  private boolean isDue(long killAt) {
    return isKilling.getAsBoolean() || System.nanoTime() - killAt >= 0;
  }
}

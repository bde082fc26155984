package ballot.zookeeper;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a candidate has seen the lease as it is, on its own clock, and what that allows.
 *
 * <p>A leader counts its lease from before it asked for a writing, and a writing is seen after
 * that. So whoever has seen one unchanged for as long as the lease holds may claim, if the writing
 * is still the last one: no clock of another machine is asked. Of the one thread that asks.
 */
final class Vigil {

  /** A new leader waits so long for the work of one that may only just be learning of its loss. */
  static final Duration NOTICE = Duration.ofSeconds(1);

  /** The clock may show so much more than has passed. */
  private static final Duration CLOCK = Duration.ofMillis(20);

  private @Nullable Sight seen;
  private long since;
  private int connection;
  private boolean suspicious;
  private long suspiciousSince;

  /** What was seen last of an election that was then deleted, if that is what is suspicious. */
  private @Nullable Sight vanished;

  /**
   * This was read just now.
   *
   * @param sight nothing where there is no base znode
   * @param holderStands whether the candidate whose lease was seen before is still in line
   */
  void saw(@Nullable Sight sight, boolean holderStands, int overConnection, long now) {
    Sight before = seen;
    if (sight != null && sight.isHeld()) {
      suspicious = false;
    } else if (before != null) {
      boolean sameLife = sight != null && sight.created() == before.created();
      // Whoever gives back in order leaves the line in the same moment, or before. One who saw an
      // election free may have read it long ago, so when it is deleted somebody may lead.
      if (!sameLife || (before.isHeld() && holderStands)) {
        suspicious = true;
        suspiciousSince = now;
        vanished = sameLife ? null : before;
      }
    }
    boolean same =
        sight != null && before != null && sight.isSameAs(before) && overConnection == connection;
    if (!same) {
      // While this candidate heard nothing the leader may have been cut off as well: when everybody
      // comes back it is given the time to say that it is still there.
      since = now;
    }
    seen = sight;
    connection = overConnection;
  }

  /** Whether something was seen over that connection. */
  boolean isOf(int thisConnection) {
    return seen != null && connection == thisConnection;
  }

  @Nullable Sight seen() {
    return seen;
  }

  /** How long until what was seen last may be claimed over. */
  Duration untilFree(Duration ownTimeout, long now) {
    Sight sight = seen;
    if (sight == null || !sight.isHeld()) {
      return Duration.ZERO;
    }
    return left(since, wait(sight, ownTimeout).plus(CLOCK), now);
  }

  /** A lease holds for as long as whoever wrote it says, and at least for what is usual here. */
  static Duration wait(Sight sight, Duration ownTimeout) {
    Duration theirs = sight.inscription().timeout().orElse(Duration.ZERO);
    return theirs.compareTo(ownTimeout) > 0 ? theirs : ownTimeout;
  }

  /**
   * How long a new leader must not start its work. A leader whose place is still there hears soon
   * that it has lost. Of an election that is deleted a leader that is cut off or frozen hears
   * nothing, and nobody waits for its session: it has as long as its lease can be.
   */
  Duration holdOff(Duration ownTimeout, long now) {
    if (!suspicious) {
      return Duration.ZERO;
    }
    Sight last = vanished;
    Duration notice = last == null ? NOTICE : wait(last, ownTimeout).plus(CLOCK);
    return left(suspiciousSince, notice, now);
  }

  private static Duration left(long since, Duration whole, long now) {
    Duration left = whole.minusNanos(now - since);
    return left.isNegative() ? Duration.ZERO : left;
  }
}

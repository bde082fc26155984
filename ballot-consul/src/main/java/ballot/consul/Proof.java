package ballot.consul;

import java.time.Duration;

/**
 * Something that lasts while it is confirmed again and again, and for how long it is known to.
 *
 * <p>A confirmation counts from when it was asked for, and only if it came while the one before
 * still held. One that comes later proves nothing, for ever: what it confirms may have ended in
 * between, with the news of it still under way to the servers.
 */
final class Proof {

  /** The agent's clock may run this much faster than ours: one part in so many. */
  private static final long DRIFT_PART = 64;

  private final long ttlNanos;

  /** Guarded by this. */
  private long until;

  /** Guarded by this. */
  private boolean broken;

  /** It began no earlier than when it was asked for, and lasts for its time to live from then. */
  Proof(Duration ttl, long askedNanos) {
    this.ttlNanos = ttl.toNanos();
    this.until = askedNanos + ttlNanos;
  }

  /** It was confirmed. */
  synchronized void confirmed(long askedNanos, long answeredNanos) {
    if (answeredNanos - (until - ttlNanos / DRIFT_PART) > 0) {
      broken = true;
    } else {
      until = Math.max(until, askedNanos + ttlNanos);
    }
  }

  /** It will not be confirmed again. */
  synchronized void end() {
    broken = true;
  }

  /** Until when it is certain; later confirmations do not move this once it is broken. */
  synchronized long until() {
    return until;
  }

  /** Whether it can still be prolonged. */
  synchronized boolean isWhole(long now) {
    return !broken && until - now > 0;
  }
}

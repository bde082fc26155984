package ballot.consul;

import ballot.api.RejectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are asked for.
 *
 * @param ttl how long the servers keep one that says nothing, at least
 * @param lockDelay how long nobody else gets what one held when it was lost
 * @param checkTtl how soon the agent gives a silent process up; null to leave that to the servers
 * @param whose the service that they are for, for people; null for the process, whose settings they
 *     follow
 */
record SessionTerms(
    Duration ttl, Duration lockDelay, @Nullable Duration checkTtl, @Nullable String whose) {

  /** Without a lock-delay, as elections of the process have it. */
  static SessionTerms ofProcess(Duration ttl, @Nullable Duration checkTtl) {
    return new SessionTerms(ttl, Duration.ZERO, checkTtl, null);
  }

  /** The same process's, for a service that asks for other times. */
  SessionTerms forService(String whose, Duration otherTtl, Duration otherDelay) {
    Duration check = checkTtl == null || checkTtl.compareTo(otherTtl) <= 0 ? checkTtl : otherTtl;
    return new SessionTerms(otherTtl, otherDelay, check, whose);
  }

  /** Whether sessions of the one serve for the other. */
  boolean sameTimes(SessionTerms other) {
    return ttl.equals(other.ttl) && lockDelay.equals(other.lockDelay);
  }

  /** How long a proof of leadership normally holds. */
  Duration nominalValidity() {
    return checkTtl == null ? ttl : checkTtl;
  }

  /** The servers do not take the time to live. */
  RejectedException refused(String message) {
    return whose == null
        ? RejectedException.because(ConsulSettings.SESSION_TTL, message)
        : new RejectedException("the ttl of " + whose + ": " + message);
  }
}

package ballot.consul;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One session of this process, with the check that it hangs on, if any. Keys that it holds are held
 * for as long as it lives. Safe for use by many threads.
 */
final class Life {

  private final String session;
  private final @Nullable String check;
  private final Duration timeout;
  private final Proof ofSession;

  /** Of the check; where there is none, that of the session again. */
  private final Proof ofCheck;

  private final long begunAt;
  private volatile boolean gone;

  /** When a confirmation was last asked for, and by whom; written under locks of the lifeline. */
  volatile long checkAskedAt;

  volatile long sessionAskedAt;
  volatile @Nullable Object checkAskedBy;
  volatile @Nullable Object sessionAskedBy;

  private Life(
      String session,
      @Nullable String check,
      Duration timeout,
      Proof ofSession,
      Proof ofCheck,
      long askedAt) {
    this.session = session;
    this.check = check;
    this.timeout = timeout;
    this.ofSession = ofSession;
    this.ofCheck = ofCheck;
    this.begunAt = askedAt;
    this.checkAskedAt = askedAt;
    this.sessionAskedAt = askedAt;
  }

  /** A session that hangs on nothing else. */
  static Life of(String session, Duration ttl, long askedAt) {
    Proof proof = new Proof(ttl, askedAt);
    return new Life(session, null, ttl, proof, proof, askedAt);
  }

  /** A session that hangs on a check, which was registered passing. */
  static Life of(
      String session, Duration ttl, long askedAt, String check, Duration checkTtl, long checkAt) {
    Proof ofCheck = new Proof(checkTtl, checkAt);
    return new Life(session, check, checkTtl, new Proof(ttl, askedAt), ofCheck, askedAt);
  }

  String session() {
    return session;
  }

  @Nullable String check() {
    return check;
  }

  /** How long after its last word the store gives it up. */
  Duration timeout() {
    return timeout;
  }

  long begunAt() {
    return begunAt;
  }

  void sessionConfirmed(long askedAt, long answeredAt) {
    ofSession.confirmed(askedAt, answeredAt);
  }

  void checkConfirmed(long askedAt, long answeredAt) {
    ofCheck.confirmed(askedAt, answeredAt);
  }

  /** The check does not exist any more; the session will end of it, if it has not. */
  void loseCheck() {
    ofCheck.end();
  }

  /** Until when it is certain that the session lasts. */
  long provenUntil() {
    return Math.min(ofSession.until(), ofCheck.until());
  }

  /** Whether it lasts for certain, and can be prolonged. */
  boolean isWhole(long now) {
    return !gone && ofSession.isWhole(now) && ofCheck.isWhole(now);
  }

  /** The servers do not know the session any more. */
  void end() {
    gone = true;
  }

  /** Whether the session has ended for certain, and with it all that it held. */
  boolean isGone() {
    return gone;
  }

  @Override
  public String toString() {
    return "session " + session + (check == null ? "" : " on check " + check);
  }
}

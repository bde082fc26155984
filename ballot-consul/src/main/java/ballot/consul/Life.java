package ballot.consul;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One session of this process, with the check that it hangs on, if any. Keys that it holds are held
 * for as long as it lives.
 */
final class Life {

  private final String session;
  private final @Nullable String check;
  private final Duration timeout;
  private final Proof ofSession;
  private final @Nullable Proof ofCheck;
  private volatile boolean gone;

  /** When the check was last refreshed or asked to be, and by whom; guarded by {@link Lifeline}. */
  volatile long checkAskedAt;

  volatile long sessionAskedAt;

  @Nullable Object checkAskedBy;

  private Life(
      String session,
      @Nullable String check,
      Duration timeout,
      Proof ofSession,
      @Nullable Proof ofCheck,
      long askedAt) {
    this.session = session;
    this.check = check;
    this.timeout = timeout;
    this.ofSession = ofSession;
    this.ofCheck = ofCheck;
    this.checkAskedAt = askedAt;
    this.sessionAskedAt = askedAt;
  }

  /** A session that hangs on nothing else. */
  static Life of(String session, Duration ttl, long askedAt) {
    return new Life(session, null, ttl, new Proof(ttl, askedAt), null, askedAt);
  }

  /** A session that hangs on a check, registered passing. */
  static Life of(
      String session, Duration ttl, long askedAt, String check, Duration checkTtl, long checkAt) {
    Life life =
        new Life(
            session,
            check,
            checkTtl,
            new Proof(ttl, askedAt),
            new Proof(checkTtl, checkAt),
            checkAt);
    life.sessionAskedAt = askedAt;
    return life;
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

  Proof ofSession() {
    return ofSession;
  }

  @Nullable Proof ofCheck() {
    return ofCheck;
  }

  /** Until when it is certain that the session lasts. */
  long provenUntil() {
    long until = ofSession.until();
    return ofCheck == null ? until : Math.min(until, ofCheck.until());
  }

  /** Whether it lasts and can be prolonged. */
  boolean isWhole(long now) {
    return !gone && ofSession.isWhole(now) && (ofCheck == null || ofCheck.isWhole(now));
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

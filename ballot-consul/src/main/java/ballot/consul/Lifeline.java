package ballot.consul;

import ballot.api.BootClock;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session that all candidates of this process share, and the check that makes it end soon after
 * the process does. Made when first asked for, and again whenever its proof has a gap.
 *
 * <p>Safe for use by many threads. Each of making, refreshing and pinging is done by one thread at
 * a time, and none of them waits for another.
 */
final class Lifeline {

  /** Confirmations for different askers within this part of the validity are one. */
  private static final int CONFIRM_PART = 5;

  private static final long TURN_MILLIS = 50;

  private final Sessions sessions;
  private final Registrar registrar;
  private final ReentrantLock making = new ReentrantLock();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ReentrantLock pinging = new ReentrantLock();
  private final Queue<Life> formerLives = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Life current;

  Lifeline(Sessions sessions, Registrar registrar) {
    this.sessions = sessions;
    this.registrar = registrar;
  }

  /** Another that has a session already. */
  Lifeline with(Life life) {
    Lifeline other = new Lifeline(sessions, registrar);
    other.current = life;
    return other;
  }

  /** The present session if it is sound. */
  @Nullable Life peek() {
    Life life = current;
    return life != null && life.isWhole(BootClock.nanos()) ? life : null;
  }

  /** The session, sound or not, if there is one. */
  @Nullable Life last() {
    return current;
  }

  /** A sound session; a new one, named after a candidate, when there is none. */
  Life life(String candidate, Patience patience) throws StoreException, UnfitException {
    Life life = peek();
    if (life != null) {
      return life;
    }
    lock(making, patience, "create a session");
    try {
      life = peek();
      if (life == null) {
        life = registrar.begin(candidate, patience);
        Life former = current;
        current = life;
        if (former != null) {
          formerLives.add(former);
        }
      }
      return life;
    } finally {
      making.unlock();
    }
  }

  /**
   * Confirms that a life lasts, in the way that is due at every renewal: by the check where there
   * is one, else by the session.
   *
   * @param asker who asks; what another has just had confirmed is not asked again
   */
  void confirm(Life life, Object asker, Patience patience) throws StoreException {
    if (life.check() == null) {
      ping(life, asker, patience);
    } else {
      refresh(life, life.check(), asker, patience);
    }
  }

  private void refresh(Life life, String check, Object asker, Patience patience)
      throws StoreException {
    lock(refreshing, patience, "refresh check " + check);
    try {
      long askedAt = BootClock.nanos();
      long gap = life.timeout().toNanos() / CONFIRM_PART;
      if (isAnother(life.checkAskedBy, asker) && askedAt - life.checkAskedAt < gap) {
        return;
      }
      life.checkAskedAt = askedAt;
      life.checkAskedBy = asker;
      Answer answer = sessions.pass(check, patience);
      if (Sessions.isUnknownCheck(answer)) {
        life.loseCheck();
        registrar.lost(life);
      } else {
        var unused = answer.orThrow();
        life.checkConfirmed(askedAt, BootClock.nanos());
      }
    } finally {
      refreshing.unlock();
    }
  }

  /** Renews the session at the servers, unless another asker has just done so. */
  void ping(Life life, Object asker, Patience patience) throws StoreException {
    lock(pinging, patience, "renew session " + life.session());
    try {
      long askedAt = BootClock.nanos();
      long gap = registrar.sessionTtl().toNanos() / CONFIRM_PART;
      if (isAnother(life.sessionAskedBy, asker) && askedAt - life.sessionAskedAt < gap) {
        return;
      }
      life.sessionAskedAt = askedAt;
      life.sessionAskedBy = asker;
      if (sessions.renew(life.session(), patience)) {
        life.sessionConfirmed(askedAt, BootClock.nanos());
      } else {
        life.end();
      }
    } finally {
      pinging.unlock();
    }
  }

  private static boolean isAnother(@Nullable Object last, Object asker) {
    return last != null && !last.equals(asker);
  }

  /** Waits for a turn, in short steps so that the end of the patience is noticed. */
  private static void lock(ReentrantLock lock, Patience patience, String purpose)
      throws UnavailableException {
    try {
      while (!lock.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        if (patience.isOver()) {
          throw new UnavailableException("could not " + purpose + ": another attempt hangs");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("could not " + purpose + ": interrupted", interrupted);
    }
  }

  /** A life that was replaced, or null; each is handed out once. */
  @Nullable Life pollFormer() {
    return formerLives.poll();
  }

  /** Puts a former life back, because something still hangs on it. */
  void postpone(Life former) {
    formerLives.add(former);
  }

  /** Ends all lives, as well as it can be done in the time. */
  void buryAll(Patience patience) throws StoreException {
    for (Life life = pollAny(); life != null; life = pollAny()) {
      bury(life, patience);
    }
  }

  private @Nullable Life pollAny() {
    Life life = current;
    current = null;
    return life != null ? life : formerLives.poll();
  }

  /** Ends a life in order, as well as it can be done in the time. */
  void bury(Life life, Patience patience) throws StoreException {
    if (!life.isGone()) {
      sessions.destroy(life.session(), patience);
      life.end();
    }
    if (life.check() != null) {
      sessions.deregister(life.check(), patience);
    }
  }

  /** Takes all back that was registered for no life, also what is on its way. */
  void leave(Patience patience) throws StoreException {
    registrar.leave(patience);
  }

  /** Takes back what was registered and never used. */
  void tidyUp(Patience patience) throws StoreException {
    registrar.tidyUp(patience);
  }

  /** How long a proof of leadership normally holds. */
  Duration nominalValidity() {
    return registrar.nominalValidity();
  }

  Duration sessionTtl() {
    return registrar.sessionTtl();
  }

  /** How long nobody gets what a session of ours held when it was lost. */
  Duration lockDelay() {
    return registrar.lockDelay();
  }
}

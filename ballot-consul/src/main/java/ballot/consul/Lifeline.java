package ballot.consul;

import ballot.api.Durations;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

  private static final Logger LOG = System.getLogger(Lifeline.class.getName());

  /** Refreshes by different askers within this part of the check's validity are one. */
  private static final int REFRESH_PART = 5;

  /** How long a check that was just registered may take to reach the servers. */
  private static final Duration CHECK_TRAVEL = Duration.ofMillis(400);

  private static final long FIRST_PAUSE_NANOS = 1_000_000L;
  private static final long TURN_MILLIS = 50;

  private final Sessions sessions;
  private final Duration sessionTtl;
  private final @Nullable Duration checkTtl;
  private final String process;
  private final ReentrantLock making = new ReentrantLock();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ReentrantLock pinging = new ReentrantLock();
  private final Queue<Life> formerLives = new ConcurrentLinkedQueue<>();
  private final SplittableRandom random = new SplittableRandom();

  private volatile @Nullable Life current;

  /** Guarded by {@link #making}. */
  private boolean toldOfFallBack;

  Lifeline(Sessions sessions, Duration sessionTtl, @Nullable Duration checkTtl) {
    this.sessions = sessions;
    this.sessionTtl = sessionTtl;
    this.checkTtl = checkTtl;
    this.process = Sessions.SERVICE + "-" + ProcessHandle.current().pid() + "-";
  }

  /** The present session if it is sound. */
  @Nullable Life peek() {
    Life life = current;
    return life != null && life.isWhole(Elapsed.nanos()) ? life : null;
  }

  /** The session, sound or not, if there is one. */
  @Nullable Life last() {
    return current;
  }

  /** A sound session; a new one, named after a candidate, when there is none. */
  Life life(String candidate, Patience patience) throws StoreException {
    Life life = peek();
    if (life != null) {
      return life;
    }
    lock(making, patience, "create a session");
    try {
      life = peek();
      if (life == null) {
        life = begin(candidate, patience);
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

  private Life begin(String candidate, Patience patience) throws StoreException {
    String name = Sessions.SERVICE + " " + candidate;
    if (checkTtl != null) {
      Life life = beginOnCheck(name, checkTtl, patience);
      if (life != null) {
        toldOfFallBack = false;
        return life;
      }
    }
    long askedAt = Elapsed.nanos();
    Answer created = sessions.create(name, sessionTtl, null, patience);
    Life life = Life.of(Sessions.id(created), sessionTtl, askedAt);
    LOG.log(Level.DEBUG, "created {0}", life);
    return life;
  }

  /** With crash detection; null where the agent and the servers do not go along with it. */
  private @Nullable Life beginOnCheck(String name, Duration ttl, Patience patience)
      throws StoreException {
    String check = process + HexFormat.of().toHexDigits(random.nextInt());
    long checkAt = Elapsed.nanos();
    Answer registered = sessions.register(check, ttl, patience);
    if (!registered.isOk()) {
      if (registered.status() >= 500 || registered.status() == 429) {
        throw new UnavailableException(registered.attempt() + ": " + registered.quote());
      }
      fallBack("the agent does not let us register one (" + registered.quote() + ")");
      return null;
    }
    long pause = FIRST_PAUSE_NANOS;
    long giveUpAt = checkAt + Math.min(CHECK_TRAVEL.toNanos(), ttl.toNanos() / 2);
    while (true) {
      long askedAt = Elapsed.nanos();
      Answer created = sessions.create(name, sessionTtl, check, patience);
      if (!created.says("Missing check")) {
        Life life = Life.of(Sessions.id(created), sessionTtl, askedAt, check, ttl, checkAt);
        LOG.log(Level.DEBUG, "created {0}", life);
        return life;
      }
      if (Elapsed.nanos() - giveUpAt > 0) {
        fallBack("the servers do not know checks of this agent (" + created.quote() + ")");
        sessions.deregister(check, patience);
        return null;
      }
      LockSupport.parkNanos(pause);
      pause *= 2;
    }
  }

  private void fallBack(String because) {
    if (!toldOfFallBack) {
      toldOfFallBack = true;
      LOG.log(
          Level.WARNING,
          "crash detection is off, because {0}: when this process dies, others notice after the"
              + " session''s time to live of {1}, at most twice that",
          because,
          Durations.format(sessionTtl));
    }
  }

  /**
   * Confirms that a life lasts, in the way that is due at every renewal: the check where there is
   * one, else the session.
   *
   * @param asker who asks; what another has just confirmed is not asked again
   */
  void confirm(Life life, Object asker, Patience patience) throws StoreException {
    if (life.check() == null) {
      ping(life, patience);
    } else {
      refresh(life, life.check(), asker, patience);
    }
  }

  private void refresh(Life life, String check, Object asker, Patience patience)
      throws StoreException {
    lock(refreshing, patience, "refresh check " + check);
    try {
      long askedAt = Elapsed.nanos();
      long gap = life.timeout().toNanos() / REFRESH_PART;
      if (askedAt - life.checkAskedAt < gap && life.checkAskedBy != asker) {
        return;
      }
      life.checkAskedAt = askedAt;
      life.checkAskedBy = asker;
      Answer answer = sessions.pass(check, patience);
      Proof proof = life.ofCheck();
      if (proof != null && answer.isOk()) {
        proof.confirmed(askedAt, Elapsed.nanos());
      } else if (proof != null && isUnknown(answer)) {
        proof.end();
        LOG.log(Level.DEBUG, "the agent does not know check {0} any more", check);
      } else {
        var unused = answer.orThrow();
      }
    } finally {
      refreshing.unlock();
    }
  }

  private static boolean isUnknown(Answer answer) {
    return answer.says("does not have associated TTL") || answer.says("Unknown check");
  }

  /** Renews the session at the servers. */
  void ping(Life life, Patience patience) throws StoreException {
    lock(pinging, patience, "renew session " + life.session());
    try {
      long askedAt = Elapsed.nanos();
      life.sessionAskedAt = askedAt;
      if (sessions.renew(life.session(), patience)) {
        life.ofSession().confirmed(askedAt, Elapsed.nanos());
      } else {
        life.end();
      }
    } finally {
      pinging.unlock();
    }
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
      throw new UnavailableException("could not " + purpose + ": interrupted");
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

  /** How long a proof of leadership normally holds. */
  Duration nominalValidity() {
    return checkTtl == null ? sessionTtl : checkTtl;
  }

  Duration sessionTtl() {
    return sessionTtl;
  }
}

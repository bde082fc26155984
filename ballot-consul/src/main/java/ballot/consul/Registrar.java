package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Durations;
import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions, with crash detection where agent and servers go along with it. Used by one thread
 * at a time, but for what is said to be otherwise.
 */
final class Registrar {

  private static final Logger LOG = System.getLogger(Registrar.class.getName());

  /** How long a check that was just registered may take to reach the servers. */
  private static final Duration CHECK_TRAVEL = Duration.ofMillis(400);

  private static final long FIRST_PAUSE_NANOS = 1_000_000L;

  /** A check that lasted this long was not lost for a reason that would be there again. */
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private static final int MOST_LOST_CHECKS = 3;

  private final Sessions sessions;
  private final SessionTerms terms;
  private final Ties.Source ties;
  private final String process = Sessions.SERVICE + "-" + ProcessHandle.current().pid() + "-";
  private final SplittableRandom random = new SplittableRandom();

  /** Checks that were registered and are of no use; for any thread. */
  private final Queue<String> strays = new ConcurrentLinkedQueue<>();

  /** The check of a life that is being made. */
  private volatile @Nullable String underWay;

  private final Unbroken registering = new Unbroken("ballot-consul-registrar");

  /** So many checks in a row did not last. */
  private volatile int lostChecks;

  private boolean toldOfFallBack;

  Registrar(Sessions sessions, SessionTerms terms, Ties.Source ties) {
    this.sessions = sessions;
    this.terms = terms;
    this.ties = ties;
  }

  /** How long a proof of leadership normally holds. */
  Duration nominalValidity() {
    return terms.nominalValidity();
  }

  Duration sessionTtl() {
    return terms.ttl();
  }

  Duration lockDelay() {
    return terms.lockDelay();
  }

  /** A new session, with the name of a candidate for people. */
  Life begin(String candidate, Patience patience) throws StoreException, UnfitException {
    Wish wish = new Wish(Sessions.SERVICE + " " + candidate, ties.ties(patience));
    Duration checkTtl = terms.checkTtl();
    Life life = checkTtl == null ? null : onCheck(wish, checkTtl, patience);
    if (life == null) {
      life = onTies(wish, patience);
    }
    LOG.log(Level.DEBUG, "created {0}", life);
    return life;
  }

  /** What a session is to be called, and to hang on. */
  private record Wish(String name, Ties ties) {

    /** What speaks against the instance in the answer to an attempt. */
    void refuseUnfit(Answer created) throws UnfitException {
      boolean ofTies =
          Stream.concat(ties.nodeChecks().stream(), ties.serviceChecks().stream())
              .anyMatch(created::says);
      if (ofTies && created.says("is in critical state")) {
        throw new UnfitException(created.quote());
      }
    }

    /** Whether one of the ties has not reached the servers. */
    boolean isAhead(Answer created) {
      return created.says("Missing check");
    }
  }

  /** Without crash detection. */
  private Life onTies(Wish wish, Patience patience) throws StoreException, UnfitException {
    long giveUpAt = BootClock.nanos() + CHECK_TRAVEL.toNanos();
    for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
      long askedAt = BootClock.nanos();
      Answer created = sessions.create(wish.name(), terms, wish.ties(), null, patience);
      wish.refuseUnfit(created);
      if (!wish.isAhead(created)) {
        return Life.of(sessions.id(created, terms), terms.ttl(), askedAt);
      }
      if (BootClock.nanos() - giveUpAt > 0) {
        throw new UnfitException("the servers do not know it yet: " + created.quote());
      }
      LockSupport.parkNanos(pause);
    }
  }

  /** With crash detection, or null where that cannot be. */
  private @Nullable Life onCheck(Wish wish, Duration ttl, Patience patience)
      throws StoreException, UnfitException {
    if (lostChecks >= MOST_LOST_CHECKS) {
      fallBack("the agent keeps forgetting the check, as if each request went to another agent");
      return null;
    }
    String check = process + HexFormat.of().toHexDigits(random.nextInt());
    long askedAt = BootClock.nanos();
    boolean used = false;
    underWay = check;
    try {
      Answer registered = registering.run(() -> register(check, ttl, patience), patience);
      if (!registered.isOk()) {
        if (isNoWordOnChecks(registered)) {
          throw registered.failure();
        }
        fallBack("the agent does not let us register a check (" + registered.quote() + ")");
        return null;
      }
      Life life = onRegistered(wish, check, ttl, askedAt, patience);
      used = life != null;
      return life;
    } finally {
      if (!used) {
        strays.add(check);
      }
      underWay = null;
    }
  }

  /** Not to be cut short: a registration on its way could arrive after it was taken back. */
  private Answer register(String check, Duration ttl, Patience patience) throws StoreException {
    Duration left = Duration.ofNanos(Math.max(patience.nanosLeft(), 0));
    return sessions.register(check, ttl, Patience.of(left));
  }

  private @Nullable Life onRegistered(
      Wish wish, String check, Duration ttl, long registeredAt, Patience patience)
      throws StoreException, UnfitException {
    long giveUpAt = registeredAt + Math.min(CHECK_TRAVEL.toNanos(), ttl.toNanos() / 2);
    for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
      long askedAt = BootClock.nanos();
      Answer created = sessions.create(wish.name(), terms, wish.ties(), check, patience);
      wish.refuseUnfit(created);
      if (!wish.isAhead(created)) {
        String id = sessions.id(created, terms);
        toldOfFallBack = false;
        return Life.of(id, terms.ttl(), askedAt, check, ttl, registeredAt);
      }
      if (BootClock.nanos() - giveUpAt > 0) {
        if (!created.says(check)) {
          throw new UnfitException("the servers do not know it yet: " + created.quote());
        }
        fallBack("the servers do not know a check of this agent (" + created.quote() + ")");
        return null;
      }
      LockSupport.parkNanos(pause);
    }
  }

  /** Whether a refusal comes of an outage, of another setting, or of a token that is no good. */
  private static boolean isNoWordOnChecks(Answer refusal) {
    return refusal.status() >= 500
        || refusal.status() == 429
        || refusal.status() == 401
        || refusal.isOfUnknownToken()
        || refusal.says("\"ns\"");
  }

  private void fallBack(String because) {
    if (!toldOfFallBack) {
      toldOfFallBack = true;
      LOG.log(
          Level.WARNING,
          "crash detection is off, because {0}: if this process dies, others notice when its"
              + " session of {1} has run out, after at most twice that",
          because,
          Durations.format(terms.ttl()));
    }
  }

  /** The agent does not know the check of a life any more; from any thread. */
  void lost(Life life) {
    boolean settled = BootClock.nanos() - life.begunAt() > SETTLED.toNanos();
    lostChecks = settled ? 1 : lostChecks + 1;
    LOG.log(Level.DEBUG, "the agent has forgotten the check of {0}", life);
  }

  /** Takes all back that no life has, once it has arrived for certain; from any thread. */
  void leave(Patience patience) throws StoreException {
    registering.await(patience);
    String unused = underWay;
    if (unused != null) {
      sessions.deregister(unused, patience);
    }
    takeBackStrays(patience);
  }

  /**
   * Takes checks back that are of no use, unless one may still be on its way, so that it would
   * arrive after it was taken back; from any thread.
   */
  void tidyUp(Patience patience) throws StoreException {
    if (!registering.isUnderWay()) {
      takeBackStrays(patience);
    }
  }

  private void takeBackStrays(Patience patience) throws StoreException {
    for (String check = strays.poll(); check != null; check = strays.poll()) {
      sessions.deregister(check, patience);
    }
  }
}

package ballot.consul;

import ballot.api.BootClock;
import ballot.api.StoreException;
import ballot.api.Threads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session alive for those who wait, and ends what nobody asks about any more.
 *
 * <p>A leader keeps the check alive itself, by asking whether it still leads: one that falls silent
 * is to lose its leadership. Two threads, so that servers that hang do not keep the agent from
 * hearing of us.
 */
final class Keeper implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Keeper.class.getName());

  private static final int REFRESH_PART = 5;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration BUDGET = Duration.ofSeconds(2);
  private static final long JOIN_MILLIS = 100;

  /** A leadership that nobody has asked about is ended so long after its lease has run out. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Lifeline lifeline;
  private final Kv kv;
  private final Watches watches;
  private final Set<Standing> standings = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor refresher =
      Threads.scheduler("ballot-consul-refresher");
  private final ScheduledThreadPoolExecutor pinger = Threads.scheduler("ballot-consul-pinger");

  /** Guarded by this. */
  private boolean started;

  private volatile @Nullable Runnable retired;

  /** Of the pinger's thread. */
  private boolean reached = true;

  Keeper(Lifeline lifeline, Kv kv, Watches watches) {
    this.lifeline = lifeline;
    this.kv = kv;
    this.watches = watches;
  }

  /** Looks after a candidate until it has left and holds nothing. */
  void watchOver(Standing standing) {
    standings.add(standing);
    synchronized (this) {
      if (!started && !pinger.isShutdown()) {
        started = true;
        repeat(refresher, this::refresh, lifeline.nominalValidity().dividedBy(REFRESH_PART));
        repeat(pinger, this::look, LOOK);
      }
    }
  }

  private static void repeat(ScheduledThreadPoolExecutor thread, Runnable role, Duration gap) {
    var unused =
        thread.scheduleWithFixedDelay(role, gap.toNanos(), gap.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether a leadership may still be held by this process. */
  boolean holdsAnything() {
    return standings.stream().anyMatch(standing -> standing.tenure() != null);
  }

  private boolean anybodyWaits() {
    return standings.stream().anyMatch(Standing::isWaiting);
  }

  /**
   * Nobody else will stand: when the last one has left and holds nothing, the sessions are ended.
   *
   * @param done called when nothing is left to do
   */
  void retire(Runnable done) {
    retired = done;
    synchronized (this) {
      if (!started) {
        done.run();
      } else if (!pinger.isShutdown()) {
        pinger.execute(this::look);
      }
    }
  }

  private void retireIfFree() throws StoreException {
    Runnable done = retired;
    if (done != null && standings.isEmpty()) {
      refresher.shutdown();
      Patience patience = Patience.of(BUDGET);
      lifeline.buryAll(patience);
      lifeline.leave(patience);
      done.run();
      pinger.shutdown();
    }
  }

  private void refresh() {
    Life life = lifeline.peek();
    if (life == null || life.check() == null || !anybodyWaits()) {
      return;
    }
    try {
      lifeline.confirm(life, this, Patience.of(life.timeout().dividedBy(2)));
    } catch (StoreException failure) {
      LOG.log(Level.DEBUG, failure::getMessage);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "could not refresh", fault);
    }
  }

  private void look() {
    try {
      ping();
      for (Standing standing : standings) {
        endIfForgotten(standing);
      }
      buryFormer();
      retireIfFree();
    } catch (StoreException failure) {
      LOG.log(Level.DEBUG, failure::getMessage);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "could not look after the session", fault);
    }
  }

  private void ping() throws StoreException {
    Life life = lifeline.peek();
    long now = BootClock.nanos();
    if (life != null) {
      boolean leads = standings.stream().anyMatch(standing -> standing.isLeading(now));
      long gap = lifeline.sessionTtl().toNanos() / (leads ? 4 : 2);
      if ((leads || anybodyWaits()) && now - life.sessionAskedAt >= gap) {
        ping(life);
      }
    }
    if (lifeline.last() != null && lifeline.peek() == null) {
      // Their session is gone, and with it their place in line: asking makes a new one.
      standings.stream()
          .filter(Standing::isWaiting)
          .forEach(standing -> standing.outlook().nudge());
    }
  }

  private void ping(Life life) throws StoreException {
    boolean before = reached;
    reached = false;
    try {
      lifeline.ping(life, this, Patience.of(BUDGET));
      reached = true;
    } finally {
      if (before && !reached) {
        // Nothing that watches can be waiting for an answer any more, whatever it believes.
        watches.startAnew();
      }
    }
  }

  private void endIfForgotten(Standing standing) throws StoreException {
    Tenure tenure = standing.tenure();
    if (tenure == null) {
      if (standing.hasLeft()) {
        standings.remove(standing);
      }
      return;
    }
    boolean silent = BootClock.nanos() - tenure.leaseUntil() >= GRACE.toNanos();
    if (tenure.forfeited()) {
      free(standing, tenure);
    } else if (silent && standing.update(tenure, tenure.forfeit())) {
      LOG.log(Level.DEBUG, "nobody asks about {0} any more", standing);
      free(standing, tenure);
    }
  }

  private void free(Standing standing, Tenure tenure) throws StoreException {
    if (!tenure.life().isGone()) {
      Txn release =
          tenure.release(tenure.entry(), Inscription.givenBack(standing.candidate(), false));
      var unused = kv.transact(release, "end term " + tenure.term(), Patience.of(BUDGET));
    }
    standing.end(tenure);
  }

  private void buryFormer() throws StoreException {
    for (Life former = lifeline.pollFormer(); former != null; former = lifeline.pollFormer()) {
      Life dead = former;
      if (standings.stream().anyMatch(standing -> hangsOn(standing, dead))) {
        lifeline.postpone(dead);
        return;
      }
      lifeline.bury(dead, Patience.of(BUDGET));
    }
    lifeline.tidyUp(Patience.of(BUDGET));
  }

  private static boolean hangsOn(Standing standing, Life life) {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.life() == life;
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    pinger.shutdownNow();
    Threads.await(refresher, JOIN_MILLIS);
    Threads.await(pinger, JOIN_MILLIS);
  }
}

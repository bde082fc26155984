package ballot.consul;

import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the session alive for those who wait, and ends what nobody asks about any more.
 *
 * <p>A leader keeps its session alive itself, by asking whether it still leads: one that falls
 * silent is to lose its leadership. Two threads, so that a server that hangs does not keep the
 * agent from hearing of us.
 */
final class Keeper implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Keeper.class.getName());

  private static final int REFRESH_PART = 5;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration BUDGET = Duration.ofSeconds(2);

  /** A leadership that nobody has asked about is ended so long after its lease has run out. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Lifeline lifeline;
  private final Kv kv;
  private final Set<Standing> standings = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor refresher =
      Threads.scheduler("ballot-consul-refresher");
  private final ScheduledThreadPoolExecutor pinger = Threads.scheduler("ballot-consul-pinger");

  Keeper(Lifeline lifeline, Kv kv) {
    this.lifeline = lifeline;
    this.kv = kv;
  }

  /** Looks after a candidate until it has left and holds nothing. */
  void watchOver(Standing standing) {
    if (standings.isEmpty()) {
      start();
    }
    standings.add(standing);
  }

  private synchronized void start() {
    if (refresher.getQueue().isEmpty() && !refresher.isShutdown()) {
      long tick = lifeline.nominalValidity().toNanos() / REFRESH_PART;
      var unusedRefresh =
          refresher.scheduleWithFixedDelay(this::refresh, tick, tick, TimeUnit.NANOSECONDS);
      var unusedLook =
          pinger.scheduleWithFixedDelay(
              this::look, LOOK.toNanos(), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Whether a leadership may still be held by this process. */
  boolean holdsAnything() {
    return standings.stream().anyMatch(standing -> standing.tenure() != null);
  }

  private void refresh() {
    Life life = lifeline.peek();
    if (life == null || life.check() == null || standings.stream().noneMatch(Standing::isWaiting)) {
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
    } catch (StoreException failure) {
      LOG.log(Level.DEBUG, failure::getMessage);
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "could not look after the session", fault);
    }
  }

  private void ping() throws StoreException {
    Life life = lifeline.peek();
    long now = Elapsed.nanos();
    if (life == null) {
      tellThoseWhoWait();
      return;
    }
    boolean leads = standings.stream().anyMatch(standing -> standing.isLeading(now));
    boolean waits = standings.stream().anyMatch(Standing::isWaiting);
    long gap = lifeline.sessionTtl().toNanos() / (leads ? 4 : 2);
    if ((leads || waits) && now - life.sessionAskedAt >= gap) {
      lifeline.ping(life, Patience.of(BUDGET));
    }
    if (!life.isWhole(Elapsed.nanos())) {
      tellThoseWhoWait();
    }
  }

  /** Their session is gone, and with it their place in line: asking makes a new one. */
  private void tellThoseWhoWait() {
    if (lifeline.last() != null) {
      standings.stream()
          .filter(Standing::isWaiting)
          .forEach(standing -> standing.outlook().nudge());
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
    if (Elapsed.nanos() - standing.leaseUntil() < GRACE.toNanos()) {
      return;
    }
    if (!tenure.life().isGone()) {
      Txn txn =
          new Txn()
              .unchangedSince(standing.key(), tenure.entry().modifyIndex())
              .unlock(
                  standing.key(),
                  Inscription.givenBack(standing.candidate(), false),
                  tenure.entry().flags(),
                  tenure.life().session());
      var unused = kv.transact(txn, "end term " + tenure.term(), Patience.of(BUDGET));
    }
    standing.holdsNoMore();
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
  }

  private static boolean hangsOn(Standing standing, Life life) {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.life() == life;
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    pinger.shutdownNow();
  }

  List<Standing> standings() {
    return List.copyOf(standings);
  }
}

package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.Threads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Takes candidates out of the line that nobody asks about any more.
 *
 * <p>A session lives as long as its process. So an engine that hangs would keep its leadership, or
 * everybody behind it waiting, for ever. Its lease is left to run out.
 */
final class Keeper implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Keeper.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long JOIN_MILLIS = 100;

  private final Ensemble ensemble;
  private final Leaving leaving;
  private final Collection<ZooKeeperCandidacy> candidacies;
  private final ScheduledThreadPoolExecutor thread = Threads.scheduler("ballot-zookeeper-keeper");

  /** Guarded by this. */
  private boolean started;

  Keeper(Ensemble ensemble, Leaving leaving, Collection<ZooKeeperCandidacy> candidacies) {
    this.ensemble = ensemble;
    this.leaving = leaving;
    this.candidacies = candidacies;
  }

  /** From now on there is somebody to look after. */
  synchronized void begin() {
    if (!started && !thread.isShutdown()) {
      started = true;
      long gap = LOOK.toNanos();
      var unused = thread.scheduleWithFixedDelay(this::look, gap, gap, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    try {
      Session session = ensemble.peek();
      if (session != null) {
        long now = BootClock.nanos();
        long patience = session.timeout().plus(GRACE).toNanos();
        candidacies.stream()
            .map(ZooKeeperCandidacy::standing)
            .filter(standing -> standing.isForgotten(now, patience))
            .forEach(this::end);
      }
    } catch (RuntimeException fault) {
      LOG.log(Level.ERROR, "could not look after candidates", fault);
    }
  }

  private void end(Standing standing) {
    Place place = standing.place();
    if (place != null) {
      LOG.log(Level.DEBUG, "nobody asks about {0} any more", standing);
      leaving.takeAway(place);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    Threads.await(thread, JOIN_MILLIS);
  }
}

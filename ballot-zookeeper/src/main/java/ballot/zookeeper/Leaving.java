package ballot.zookeeper;

import ballot.api.StoreException;
import ballot.api.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Takes the places in line away of candidates that have left, while the session that made them goes
 * on for others: a place that stays behind would keep everybody behind it waiting.
 *
 * <p>What cannot be done now is done as soon as there is a connection again. A session that ends
 * takes its places along.
 */
final class Leaving {

  private static final long PATIENCE_MILLIS = 400;
  private static final Duration FINDING_OUT = Duration.ofSeconds(5);

  private final Ensemble ensemble;
  private final Set<Place> leftBehind = ConcurrentHashMap.newKeySet();

  /** Those of whom nobody knows whether they have a place. */
  private final Set<Standing> unknown = ConcurrentHashMap.newKeySet();

  Leaving(Ensemble ensemble) {
    this.ensemble = ensemble;
  }

  /** A candidate has left; waits a moment for its place to be gone. Keeps the interrupt flag. */
  void leave(Standing standing) {
    Place place = standing.place();
    if (place != null) {
      leftBehind.add(place);
      await(goOn(place));
    }
    if (standing.deed() instanceof Deed.Joining joining) {
      var unused =
          joining
              .reply()
              .thenAccept(
                  made -> {
                    if (made.isOk()) {
                      takeAway(made.get());
                    } else if (made.isUnknown()) {
                      unknown.add(standing);
                      findOut(standing);
                    }
                  });
    }
  }

  /** A place that nobody stands in any more goes, now or as soon as there is a connection. */
  void takeAway(Place place) {
    leftBehind.add(place);
    var unused = goOn(place);
  }

  /** Tries again what could not be done before. */
  void goOn() {
    leftBehind.forEach(
        place -> {
          var unused = goOn(place);
        });
    unknown.forEach(this::findOut);
  }

  /** Takes a place away if there is one; nobody asks in this candidate's name any more. */
  private void findOut(Standing standing) {
    if (ensemble.peek() != null && unknown.remove(standing)) {
      Threads.daemon("ballot-zookeeper-leaving", () -> settle(standing)).start();
    }
  }

  private void settle(Standing standing) {
    try {
      new Settlement(standing, ensemble, Patience.of(FINDING_OUT)).settle();
      Place place = standing.place();
      if (place != null) {
        takeAway(place);
      }
    } catch (StoreException notYet) {
      unknown.add(standing);
    }
  }

  private CompletableFuture<Boolean> goOn(Place place) {
    Session session = ensemble.peek();
    if (session == null) {
      return CompletableFuture.completedFuture(false);
    }
    if (session.id() != place.session()) {
      leftBehind.remove(place);
      return CompletableFuture.completedFuture(true);
    }
    return Wire.delete(session.handle(), place.path())
        .thenApply(
            reply -> {
              boolean gone = reply.isOk() || reply.says(Code.NONODE);
              if (gone) {
                leftBehind.remove(place);
              }
              return gone;
            });
  }

  private static void await(CompletableFuture<Boolean> gone) {
    boolean interrupted = Thread.interrupted();
    try {
      var unused = gone.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException again) {
      interrupted = true;
    } catch (TimeoutException | ExecutionException later) {
      // tried again when there is a connection
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

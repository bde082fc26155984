package ballot.local;

import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Goes through changes of leadership in a folder aside while there is nothing else to do.
 *
 * <p>What Java runs for the first time it loads, links and interprets, and what it has run less
 * than two hundred times it goes on interpreting; that takes several times as long as the rest of a
 * hand-over. Done once a process; what fails is of no consequence.
 */
final class Rehearsal {

  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final int ROUNDS = 60;
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final long SECONDS = 5;

  private Rehearsal() {}

  /** Whether there has been none. */
  static boolean isDue() {
    return !BEGUN.get();
  }

  /**
   * Goes through it, unless that was done or begun before.
   *
   * @param isOver whether it is to end early
   */
  static void once(LocalFolder folder, ElectionName election, BooleanSupplier isOver) {
    if (!BEGUN.compareAndSet(false, true)) {
      return;
    }
    try {
      rehearse(folder.open(election), isOver);
    } catch (IOException | StoreException failure) {
      LOG.log(Level.DEBUG, "could not rehearse in " + folder, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void rehearse(OpenFolder open, BooleanSupplier isOver)
      throws IOException, RejectedException, InterruptedException {
    Path aside = open.aside();
    open.makeFolder(aside);
    try {
      OpenFolder stage = new OpenFolder(open.folder().at(aside), open.sharing());
      long begun = System.nanoTime();
      for (int round = 0; round < ROUNDS && !isOver.getAsBoolean(); round++) {
        perform(new Seat(stage));
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
          return;
        }
      }
    } finally {
      OpenFolder.deleteAll(aside);
    }
  }

  private static void perform(Seat seat)
      throws IOException, RejectedException, InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    Aspirant first = actor(() -> {});
    Aspirant second = actor(told::countDown);
    try {
      Verdict verdict = seat.campaign(first);
      seat.campaign(second);
      if (verdict instanceof Elected elected) {
        seat.renew(first, elected.lease().term());
        seat.resign(first, elected.lease().term());
        told.await(SECONDS, TimeUnit.SECONDS);
        seat.campaign(second);
      }
    } finally {
      seat.leave(first);
      seat.leave(second);
      seat.close();
    }
  }

  private static Aspirant actor(ChangeSignal signal) {
    return new Aspirant(new Candidate("rehearsal", "-", 0, Instant.now()), signal);
  }
}

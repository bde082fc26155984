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
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goes through a change of leadership once, in a folder aside, while a candidate has to wait
 * anyway.
 *
 * <p>The first time any code runs Java loads and links it, which takes several times as long as the
 * rest of a hand-over. Done once a process; what fails is of no consequence.
 */
final class Rehearsal {

  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final AtomicBoolean DONE = new AtomicBoolean();
  private static final long SECONDS = 5;

  private Rehearsal() {}

  static void once(LocalFolder folder, ElectionName election) {
    if (DONE.compareAndSet(false, true)) {
      try {
        OpenFolder open = folder.open(election);
        Path aside = open.aside();
        open.makeFolder(aside);
        try {
          perform(new Seat(new OpenFolder(open.folder().at(aside), open.sharing())));
        } finally {
          OpenFolder.deleteAll(aside);
        }
      } catch (IOException | StoreException failure) {
        LOG.log(Level.DEBUG, "could not rehearse in " + folder, failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
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

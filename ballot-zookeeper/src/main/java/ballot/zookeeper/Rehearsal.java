package ballot.zookeeper;

import ballot.api.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;

/**
 * Writes and reads in memory what goes to and fro when leadership changes hands, while there is
 * nothing else to do: the one part of its way that waiting does not lead a candidate along.
 *
 * <p>What Java runs for the first time it loads, links and interprets, and what it has run less
 * than two hundred times it goes on interpreting; that takes several times as long as the rest of a
 * hand-over. Done once a process; what fails is of no consequence.
 */
final class Rehearsal {

  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final AtomicBoolean BEGUN = new AtomicBoolean();
  private static final int ROUNDS = 250;
  private static final int ANY = -1;
  private static final int OK = 0;

  private Rehearsal() {}

  /** Begins, unless there has been one; returns at once. */
  static void once(Standing standing, Duration timeout) {
    Place place = standing.place();
    if (place != null && !BEGUN.getAndSet(true)) {
      Threads.daemon("ballot-zookeeper-rehearsal", () -> run(standing, place, timeout)).start();
    }
  }

  private static void run(Standing standing, Place place, Duration timeout) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        perform(standing, place, timeout);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.log(Level.DEBUG, "could not rehearse", failure);
    }
  }

  private static void perform(Standing standing, Place place, Duration timeout) throws IOException {
    byte[] data = Inscription.lease(standing.candidate(), place.path(), timeout, Instant.now(), 0);
    var unusedTimeout = Inscription.read(data).timeout();
    var unusedName = Inscription.read(data).candidate();
    send(Op.check(place.path(), ANY), Op.setData(standing.base(), data, 0));
    send(Op.setData(standing.base(), new byte[0], 0), Op.delete(place.path(), ANY));
    MultiResponse answer = new MultiResponse();
    answer.add(new OpResult.CheckResult());
    answer.add(new OpResult.SetDataResult(new Stat()));
    answer.add(new OpResult.DeleteResult());
    var done = Reply.of(OK, new Wire.Done(received(answer)));
    var unusedState = done.get().written(1);
  }

  private static void send(Op... steps) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new MultiOperationRecord(List.of(steps)).serialize(BinaryOutputArchive.getArchive(bytes), "");
  }

  private static List<OpResult> received(MultiResponse answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.serialize(BinaryOutputArchive.getArchive(bytes), "");
    MultiResponse read = new MultiResponse();
    read.deserialize(
        BinaryInputArchive.getArchive(new ByteArrayInputStream(bytes.toByteArray())), "");
    return read.getResultList();
  }
}

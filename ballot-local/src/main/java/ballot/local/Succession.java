package ballot.local;

import ballot.local.Leftovers.Leftover;
import ballot.local.Line.Place;
import ballot.local.ProcessIdentity.Life;
import ballot.local.TermFile.Count;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be over before the holder of the lock may lead: another leadership on a lock file
 * that was removed, and the work of leaders that are gone.
 *
 * <p>Made when the lock is taken, asked until nothing is in the way, by one thread at a time.
 */
final class Succession {

  private static final Logger LOG = System.getLogger(Succession.class.getName());

  /** Within this time whatever guards a dead leader's command has ended it. */
  private static final Duration GUARDS_TIME = Duration.ofSeconds(1);

  /** From then on nobody else will do it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final OpenFolder open;
  private final Badge self;
  private final Leftovers leftovers;
  private final long began = System.nanoTime();
  private boolean killed;

  /** What stands between a holder of the lock and leading. */
  sealed interface Finding {

    /** Something; look again in a few milliseconds. */
    record InTheWay(String because) implements Finding {}

    /** Nothing, once this time is over, where something cannot be seen from here. */
    record Clear(Duration holdOff) implements Finding {}
  }

  Succession(OpenFolder open, Badge self) {
    this.open = open;
    this.self = self;
    this.leftovers = new Leftovers(open.folder().election());
  }

  Finding look(long lock, Optional<Count> count) throws IOException {
    boolean unseen = false;
    if (count.isEmpty() || count.get().lock() != lock) {
      Line line = Line.of(open.folder());
      Optional<Place> other = line.leaderOfAnotherLock(lock);
      OrphanedLocks.Search search = OrphanedLocks.of(open.folder().lock());
      if (other.isPresent() && other.get().life() == Life.ALIVE) {
        return replaced(Long.toString(other.get().badge().process().pid()));
      }
      if (search.holder().isPresent()) {
        return replaced(search.holder().get().address());
      }
      unseen = other.isPresent() || !search.complete() && !open.sharing().isPrivate();
    }
    return lookForWork(unseen ? GUARDS_TIME : Duration.ZERO);
  }

  private static Finding replaced(String holder) {
    return new Finding.InTheWay(
        "the lock file was removed while process "
            + holder
            + " had it: waiting for that one to notice and step down");
  }

  private Finding lookForWork(Duration atLeast) throws IOException {
    Duration holdOff = atLeast;
    List<WorkRecord> records = new ArrayList<>();
    for (WorkRecord record : WorkRecord.of(open.folder())) {
      if (record.isWithdrawn(open.folder())) {
        records.add(record);
      } else if (!record.leader().equals(self)) {
        Optional<WorkRecord> withdrawn = record.withdraw(open.folder());
        records.add(withdrawn.orElse(record));
        holdOff = withdrawn.isPresent() ? holdOff : GUARDS_TIME;
      }
    }
    List<String> left = new ArrayList<>();
    for (WorkRecord record : records) {
      if (isVisible(record)) {
        left.addAll(left(record));
      } else {
        Duration rest = rest(record);
        holdOff = rest.compareTo(holdOff) > 0 ? rest : holdOff;
      }
    }
    return left.isEmpty()
        ? new Finding.Clear(holdOff)
        : new Finding.InTheWay(
            "the previous leader's command is still being ended: " + String.join(", ", left));
  }

  private static boolean isVisible(WorkRecord record) {
    ProcessIdentity leader = record.leader().process();
    return !leader.isOfThisBoot()
        || leader.isOfThisNamespace()
            && (record.owner() == Self.uid() || ProcessTable.showsOthers());
  }

  /** How long a guard that cannot be seen may still need, counted from when the lock came to us. */
  private static Duration rest(WorkRecord record) throws IOException {
    if (record.lines().isEmpty()) {
      record.delete();
      return Duration.ZERO;
    }
    Duration age = Duration.between(renamed(record), Instant.now());
    if (age.compareTo(GUARDS_TIME) >= 0) {
      record.delete();
      return Duration.ZERO;
    }
    return age.isNegative() ? GUARDS_TIME : GUARDS_TIME.minus(age);
  }

  private static Instant renamed(WorkRecord record) throws IOException {
    try {
      return ((FileTime) Files.getAttribute(record.dir(), "unix:ctime", LinkOption.NOFOLLOW_LINKS))
          .toInstant();
    } catch (NoSuchFileException gone) {
      return Instant.EPOCH;
    }
  }

  private List<String> left(WorkRecord record) throws IOException {
    List<Leftover> left = leftovers.of(record);
    if (left.isEmpty()) {
      record.delete();
      return List.of();
    }
    boolean overdue = System.nanoTime() - began > PATIENCE.toNanos();
    return left.stream().map(one -> overdue ? end(one, record) : one.process().address()).toList();
  }

  private String end(Leftover leftover, WorkRecord record) {
    ProcessStat process = leftover.process();
    if (!leftover.certain()) {
      return process.address() + " (if it is not part of it, delete " + record.dir() + ")";
    }
    // a record is worth as much as who wrote it: it gives nobody's processes away but his own
    boolean his =
        record.owner() == 0
            || ProcessTable.owner(process.pid()).filter(uid -> uid == record.owner()).isPresent();
    if (his && kill(process)) {
      logOnce(process);
      return process.address();
    }
    return process.address() + " (no permission to kill it)";
  }

  private static boolean kill(ProcessStat process) {
    return ProcessHandle.of(process.pid()).map(ProcessHandle::destroyForcibly).orElse(true);
  }

  private void logOnce(ProcessStat process) {
    if (!killed) {
      LOG.log(
          Level.WARNING,
          "killing what is left of the previous leader''s command in {0}: {1} and others",
          open.folder().election(),
          process.address());
    }
    killed = true;
  }
}

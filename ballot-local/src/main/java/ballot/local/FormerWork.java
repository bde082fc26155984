package ballot.local;

import static ballot.local.Succession.GUARDS_TIME;

import ballot.local.Leftovers.Leftover;
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
 * Waits for what former leaders started to end, and ends it itself when it is clear that nobody
 * else does: whatever guarded it is gone as well.
 */
final class FormerWork {

  private static final Logger LOG = System.getLogger(FormerWork.class.getName());

  /** A guard has had its time twice over. */
  private static final Duration PATIENCE = GUARDS_TIME.multipliedBy(2);

  private static final Duration BETWEEN_KILLS = Duration.ofMillis(100);
  private static final int NAMED = 3;

  private final ElectionFolder folder;
  private final Badge self;
  private final Leftovers leftovers;
  private final long began = System.nanoTime();
  private List<ProcessStat> known = List.of();
  private Finding last = Finding.Clear.AT_ONCE;
  private long lookedAt;
  private boolean killed;

  FormerWork(ElectionFolder folder, Badge self) {
    this.folder = folder;
    this.self = self;
    this.leftovers = new Leftovers(folder.election());
  }

  Finding look(Duration atLeast) throws IOException {
    // looking at those that are known costs less than looking at everybody
    boolean isSoon = System.nanoTime() - lookedAt < BETWEEN_KILLS.toNanos();
    if (isOverdue() && !isSoon || known.stream().noneMatch(FormerWork::lives)) {
      lookedAt = System.nanoTime();
      last = lookAtEverybody(atLeast);
    }
    return last;
  }

  private boolean isOverdue() {
    return System.nanoTime() - began > PATIENCE.toNanos();
  }

  private static boolean lives(ProcessStat process) {
    return ProcessTable.living(process.pid())
        .filter(one -> one.startTicks() == process.startTicks())
        .isPresent();
  }

  private Finding lookAtEverybody(Duration atLeast) throws IOException {
    Duration holdOff = atLeast;
    List<ProcessStat> left = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (WorkRecord record : recordsOfOthers()) {
      if (isVisible(record)) {
        List<Leftover> found = leftovers.of(record);
        found.forEach(leftover -> left.add(leftover.process()));
        found.forEach(leftover -> said.add(treat(leftover, record)));
        if (found.isEmpty()) {
          record.delete();
        }
      } else {
        Duration rest = rest(record);
        holdOff = rest.compareTo(holdOff) > 0 ? rest : holdOff;
      }
    }
    known = left;
    return said.isEmpty() ? new Finding.Clear(holdOff) : new Finding.InTheWay(sentence(said));
  }

  private static String sentence(List<String> said) {
    String more = said.size() > NAMED ? " and " + (said.size() - NAMED) + " more" : "";
    return "the previous leader's command is still being ended: "
        + String.join(", ", said.subList(0, Math.min(NAMED, said.size())))
        + more;
  }

  /** All records, taken away from those who could still add to them. */
  private List<WorkRecord> recordsOfOthers() throws IOException {
    List<WorkRecord> records = new ArrayList<>();
    for (WorkRecord record : WorkRecord.of(folder)) {
      if (record.isWithdrawn(folder)) {
        records.add(record);
      } else if (!record.leader().equals(self)) {
        records.add(record.withdraw(folder).orElse(record));
      }
    }
    return records;
  }

  private static boolean isVisible(WorkRecord record) {
    ProcessIdentity leader = record.leader().process();
    return !leader.isOfThisBoot()
        || leader.isOfThisNamespace()
            && (record.owner() == Self.uid() || ProcessTable.showsOthers());
  }

  /**
   * How long a guard may still need that cannot be seen, counted from when the record was taken.
   */
  private Duration rest(WorkRecord record) throws IOException {
    if (record.lines().isEmpty()) {
      record.delete();
      return Duration.ZERO;
    }
    if (!record.isWithdrawn(folder)) {
      return GUARDS_TIME;
    }
    Duration age = Duration.between(renamed(record), Instant.now());
    if (age.isNegative()) {
      return GUARDS_TIME;
    }
    Duration rest = GUARDS_TIME.minus(age);
    if (rest.isNegative()) {
      record.delete();
    }
    return rest.isNegative() ? Duration.ZERO : rest;
  }

  private static Instant renamed(WorkRecord record) throws IOException {
    try {
      return ((FileTime) Files.getAttribute(record.dir(), "unix:ctime", LinkOption.NOFOLLOW_LINKS))
          .toInstant();
    } catch (NoSuchFileException gone) {
      return Instant.EPOCH;
    }
  }

  /** Ends it if it is time to, and says what it is. */
  private String treat(Leftover leftover, WorkRecord record) {
    ProcessStat process = leftover.process();
    if (!isOverdue()) {
      return process.address();
    }
    if (!leftover.certain()) {
      return process.address() + " (end it, or delete " + record.dir() + " if it is another's)";
    }
    boolean ended = isHis(process, record) && kill(process);
    return ended ? process.address() : process.address() + " (no permission to kill it)";
  }

  /** A record is worth as much as who wrote it: it gives away nobody's processes but his own. */
  private static boolean isHis(ProcessStat process, WorkRecord record) {
    Optional<Integer> owner = ProcessTable.owner(process.pid());
    return record.owner() == 0 || owner.isPresent() && owner.get() == record.owner();
  }

  private boolean kill(ProcessStat process) {
    if (!killed) {
      LOG.log(
          Level.WARNING,
          "nobody ended what is left of the previous leader''s command in {0}: killing {1} and the"
              + " rest of it",
          folder.election(),
          process.address());
    }
    killed = true;
    return ProcessHandle.of(process.pid()).map(ProcessHandle::destroyForcibly).orElse(true);
  }
}

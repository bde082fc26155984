package ballot.exec;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What a command left behind whose ballot was killed, known by its work record: whoever runs the
 * next one waits until it is gone. Its guard ends it within milliseconds; where the guard was
 * killed too, this does after a second.
 *
 * <p>Only one process at a time may have to do with a record. A wrapper whose ballot has died
 * writes into a later record at most the line of a process that never becomes a command.
 */
public final class FormerCommand {

  private static final Logger LOG = System.getLogger(FormerCommand.class.getName());

  /** What the guard has had its time in. */
  private static final Duration GUARDS_TIME = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_NANOS = 500_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private FormerCommand() {}

  /**
   * Makes an empty record for the next command, see {@link CommandSpec#workRecord}: it says in
   * which life of the machine and among which processes its numbers count.
   */
  public static void record(Path record) throws IOException {
    Files.deleteIfExists(record);
    Files.createFile(
        record, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(record, here() + "\n", StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns when what the record tells of is gone.
   *
   * @return false if force did not reach it within seconds
   * @throws IOException if the record cannot be read; if there is none, nothing was left
   */
  public static boolean end(Path record) throws IOException {
    List<String> lines = lines(record);
    if (lines.size() < 2 || !isOfThisBoot(lines.getFirst())) {
      return true;
    }
    if (!lines.getFirst().equals(here())) {
      // Of a container whose processes cannot be seen from here.
      LockSupport.parkNanos(GUARDS_TIME.toNanos());
      return true;
    }
    ProcessTable table = new ProcessTable();
    long began = System.nanoTime();
    boolean isGone = true;
    for (String line : lines.subList(1, lines.size())) {
      isGone &= end(line, table, began);
    }
    return isGone;
  }

  private static List<String> lines(Path record) throws IOException {
    try {
      // A command's name may be anything but a line.
      return Files.readString(record, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  private static boolean end(String line, ProcessTable table, long began) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    Optional<ProcessStat> then = Optional.ofNullable(ProcessStat.parse(bytes, bytes.length));
    return then.isEmpty() || end(new Census(table, kin(then.get())), then.get(), table, began);
  }

  private static Kin kin(ProcessStat leader) {
    return leader.session() == leader.pid()
        ? new Kin.Session(leader.pid(), leader.start(), Numbering.UNKNOWN)
        : new Kin.Job(leader.pid(), leader.start(), leader.session(), "none");
  }

  private static boolean end(Census census, ProcessStat leader, ProcessTable table, long began) {
    long pause = FIRST_PAUSE_NANOS;
    boolean kills = false;
    while (!isTakenOver(leader, table) && !census.isGone()) {
      long waited = System.nanoTime() - began;
      if (waited > PATIENCE.toNanos()) {
        return false;
      }
      if (waited > GUARDS_TIME.toNanos()) {
        if (!kills) {
          LOG.log(Level.WARNING, "process {0,number,#} has outlived its guard", leader.pid());
        }
        kills = true;
        census.killAll();
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
    }
    return true;
  }

  /** A number is given away again only when nothing of its session or group is left. */
  private static boolean isTakenOver(ProcessStat leader, ProcessTable table) {
    return table.find(leader.pid()).filter(now -> !now.isSameAs(leader)).isPresent();
  }

  private static boolean isOfThisBoot(String header) throws IOException {
    return header.startsWith(boot() + " ");
  }

  private static String here() throws IOException {
    return boot() + " " + Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino");
  }

  private static String boot() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }
}

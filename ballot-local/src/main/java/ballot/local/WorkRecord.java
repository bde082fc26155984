package ballot.local;

import ballot.api.ElectionName;
import ballot.local.ElectionFolder.Found;
import ballot.local.ElectionFolder.Kind;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes that a leader started, one line of {@code /proc/PID/stat} each, written by the
 * process itself before it becomes the command.
 *
 * <p>It lies in a folder of its own, so that it can be <em>withdrawn</em>: the next leader renames
 * the folder and then reads. A process that comes too late finds no file to append to, or sees
 * after appending that the file is no longer at its path, and ends instead of becoming the command.
 *
 * @param owner the user who wrote it
 */
record WorkRecord(Badge leader, Path dir, int owner) {

  static final String FILE = "pids";

  private static final int LONGEST = 1 << 20;

  /** The records of leaders, and of those that are gone. */
  static List<WorkRecord> of(ElectionFolder folder) throws IOException {
    List<WorkRecord> records = new ArrayList<>();
    for (Found found : folder.entries(Kind.WORK, Kind.GONE)) {
      of(found.badge(), found.file()).ifPresent(records::add);
    }
    return records;
  }

  /** Whether the next leader has taken it away from who wrote it. */
  boolean isWithdrawn(ElectionFolder folder) {
    return dir.equals(folder.entry(Kind.GONE, leader));
  }

  private static Optional<WorkRecord> of(Badge leader, Path dir) {
    try {
      Object owner = Files.getAttribute(dir.resolve(FILE), "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return Optional.of(new WorkRecord(leader, dir, (Integer) owner));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /**
   * From now on nobody can add to it.
   *
   * @return the record at its new place; empty when it cannot be withdrawn, as in a folder for
   *     everybody, where nobody removes what is another's
   */
  Optional<WorkRecord> withdraw(ElectionFolder folder) throws IOException {
    Path away = folder.entry(Kind.GONE, leader);
    try {
      Files.move(dir, away, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(new WorkRecord(leader, away, owner));
    } catch (NoSuchFileException goneAlready) {
      return Optional.of(this);
    } catch (FileSystemException notOurs) {
      return Optional.empty();
    }
  }

  /** What was recorded; lines that are none are left out. */
  List<ProcessStat> lines() throws IOException {
    Path file = dir.resolve(FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      channel.position(Math.max(0, channel.size() - LONGEST));
      byte[] bytes = Channels.newInputStream(channel).readNBytes(LONGEST);
      return new String(bytes, StandardCharsets.ISO_8859_1)
          .lines()
          .flatMap(line -> ProcessStat.parse(line).stream())
          .toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    }
  }

  /** Forgets it, when nothing of it is left. */
  void delete() throws IOException {
    try {
      OpenFolder.deleteAll(dir);
    } catch (FileSystemException notOurs) {
      // its owner, or root, deletes it when one of them leads
    }
  }

  /** Whether a process was started for that election, going by its environment. */
  static boolean isMarked(ProcessStat process, ElectionName election) {
    return ProcessTable.hasVariable(process.pid(), "BALLOT_RUN_BACKEND", LocalBackend.NAME)
        && ProcessTable.hasVariable(process.pid(), "BALLOT_RUN_ELECTION", election.path());
  }
}

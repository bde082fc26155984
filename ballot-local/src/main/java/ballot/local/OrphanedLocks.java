package ballot.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds processes that have a lock file open which was removed by hand: one of them may lead on it,
 * unseen, until it looks at its path again.
 *
 * <p>Asked only on a lock file on which nobody has led yet, so that ordinary elections do not pay.
 */
final class OrphanedLocks {

  private OrphanedLocks() {}

  /**
   * What was found.
   *
   * @param holder the process that has the removed file open
   * @param complete whether every process could be looked into that may have it open
   */
  record Search(Optional<ProcessStat> holder, boolean complete) {}

  static Search of(Path lock) throws IOException {
    Path removed = Path.of(lock + " (deleted)");
    boolean complete = true;
    List<ProcessStat> processes = ProcessTable.living();
    for (ProcessStat process : processes) {
      if (process.pid() == ProcessIdentity.self().pid()) {
        continue;
      }
      try {
        if (hasOpen(process, removed)) {
          return new Search(Optional.of(process), true);
        }
      } catch (IOException | DirectoryIteratorException hidden) {
        complete &= ProcessTable.living(process.pid()).isEmpty();
      }
    }
    return new Search(Optional.empty(), complete && ProcessTable.showsOthers());
  }

  private static boolean hasOpen(ProcessStat process, Path removed) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
      for (Path file : files) {
        if (pointsTo(file, removed)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean pointsTo(Path file, Path removed) {
    try {
      return Files.readSymbolicLink(file).equals(removed);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}

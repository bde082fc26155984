package ballot.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds processes that have a lock file open which was removed by hand: one of them may lead on it,
 * unseen, until it looks at its path again.
 *
 * <p>Asked only on a lock file on which nobody has led yet, so that ordinary elections do not pay.
 */
final class OrphanedLocks {

  private static final Pattern HOLDER = Pattern.compile("^\\d+: +POSIX +\\S+ +WRITE +(\\d+) ");

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
    for (long pid : holdersOfAnyLock()) {
      Optional<ProcessStat> process = ProcessTable.living(pid);
      try {
        if (process.isPresent() && hasOpen(process.get(), removed)) {
          return new Search(process, true);
        }
      } catch (IOException | DirectoryIteratorException hidden) {
        complete &= ProcessTable.living(pid).isEmpty();
      }
    }
    return new Search(Optional.empty(), complete);
  }

  /** Few processes hold locks, so few have to be looked into. */
  private static List<Long> holdersOfAnyLock() throws IOException {
    List<Long> holders = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(Path.of("/proc/locks"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher holder = HOLDER.matcher(line);
        if (holder.find()) {
          holders.add(Long.parseLong(holder.group(1)));
        }
      }
    } catch (IOException notTold) {
      ProcessTable.living().forEach(process -> holders.add(process.pid()));
    }
    holders.removeIf(pid -> pid == ProcessIdentity.self().pid());
    return holders;
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

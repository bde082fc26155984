package ballot.local;

import ballot.api.ElectionName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the folder of an election. For looking only; it need not exist.
 *
 * <pre>
 * lock               empty; who holds the kernel's lock on it leads; never opened to look
 * term               the counter of terms
 * ledger-NAME        what leaders keep, see {@link LedgerFile}; stays when they go
 * candidate-BADGE    who stands, and who leads since when, for people
 * work-BADGE/pids    the processes that a leader started, see {@link WorkRecord}
 * gone-BADGE/pids    the same of a leader that is gone, while the next one waits for them to end
 * ~BADGE             something that is being made, before it gets its name
 * </pre>
 */
record ElectionFolder(Path path, ElectionName election) {

  /** The kinds of entries that carry a {@link Badge}. */
  enum Kind {
    CANDIDATE("candidate-"),
    WORK("work-"),
    GONE("gone-"),
    ASIDE("~");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** An entry that is there. */
  record Found(Kind kind, Badge badge, Path file) {}

  /** The same election, played elsewhere. */
  ElectionFolder at(Path elsewhere) {
    return new ElectionFolder(elsewhere, election);
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path term() {
    return path.resolve("term");
  }

  Path ledger(String name) {
    return path.resolve("ledger-" + name);
  }

  Path entry(Kind kind, Badge badge) {
    return path.resolve(kind.prefix + badge.text());
  }

  /** The entries of some kinds; none when there is no folder. */
  List<Found> entries(Kind... kinds) throws IOException {
    List<Found> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        for (Kind kind : kinds) {
          found(kind, file).ifPresent(entries::add);
        }
      }
    } catch (NoSuchFileException never) {
      return List.of();
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return entries;
  }

  private static Optional<Found> found(Kind kind, Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(kind.prefix)
        ? Badge.parse(name.substring(kind.prefix.length())).map(of -> new Found(kind, of, file))
        : Optional.empty();
  }
}

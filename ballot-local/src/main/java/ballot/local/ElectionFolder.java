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
 * candidate-BADGE    who stands, and who leads since when, for people
 * work-BADGE/pids    the processes that a leader started, see {@link WorkRecord}
 * gone-BADGE/pids    the same of a leader that is gone, while the next one waits for them to end
 * </pre>
 */
record ElectionFolder(Path path, ElectionName election) {

  /** The kinds of entries that carry a {@link Badge}. */
  enum Kind {
    CANDIDATE("candidate-"),
    WORK("work-"),
    GONE("gone-");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  Path lock() {
    return path.resolve("lock");
  }

  Path term() {
    return path.resolve("term");
  }

  Path entry(Kind kind, Badge badge) {
    return path.resolve(kind.prefix + badge.text());
  }

  /** The entries of a kind; none when there is no folder. */
  List<Badge> entries(Kind kind) throws IOException {
    List<Badge> badges = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, kind.prefix + "*")) {
      for (Path file : files) {
        badge(kind, file).ifPresent(badges::add);
      }
    } catch (NoSuchFileException never) {
      return List.of();
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return badges;
  }

  private static Optional<Badge> badge(Kind kind, Path file) {
    return Badge.parse(file.getFileName().toString().substring(kind.prefix.length()));
  }
}

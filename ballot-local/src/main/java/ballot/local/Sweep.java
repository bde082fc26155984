package ballot.local;

import ballot.local.ElectionFolder.Found;
import ballot.local.ElectionFolder.Kind;
import ballot.local.ProcessIdentity.Life;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Removes what processes that are gone left in the folder of an election. Done by a new leader,
 * after it began; where another user's file may not be removed it stays.
 */
final class Sweep {

  private static final Logger LOG = System.getLogger(Sweep.class.getName());

  /**
   * A candidate touches its file more often than this; of one that runs where its process cannot be
   * looked up nothing else can be known.
   */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final ElectionFolder folder;

  Sweep(ElectionFolder folder) {
    this.folder = folder;
  }

  void run() {
    try {
      for (Found found : folder.entries(Kind.CANDIDATE, Kind.ASIDE)) {
        if (isGone(found.badge(), found.file())) {
          remove(found.file());
        }
      }
    } catch (IOException unreadable) {
      LOG.log(Level.DEBUG, "could not sweep " + folder.path(), unreadable);
    }
  }

  private static boolean isGone(Badge badge, Path file) throws IOException {
    Life life = badge.process().life();
    return life == Life.GONE
        || life == Life.UNKNOWN
            && Files.exists(file)
            && Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(FORGOTTEN));
  }

  private static void remove(Path file) {
    try {
      OpenFolder.deleteAll(file);
    } catch (IOException notOurs) {
      LOG.log(Level.DEBUG, "could not remove " + file, notOurs);
    }
  }
}

package ballot.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The seats of this JVM, one for each election in which anybody stands.
 *
 * <p>For the whole JVM and not for a store, because so are the kernel's locks: two channels to one
 * lock file in one process share, and drop, each other's lock.
 */
final class Seats {

  private static final Map<Path, Seat> BY_PATH = new HashMap<>();
  private static final Map<Object, Seat> BY_FOLDER = new HashMap<>();
  private static final ReentrantLock MUTEX = new ReentrantLock();

  private Seats() {}

  /** The seat of a folder, to be given back with {@link #leave}. */
  static Seat join(OpenFolder open) throws IOException {
    MUTEX.lock();
    try {
      Seat seat = BY_PATH.get(open.folder().path());
      if (seat == null) {
        seat = byAnotherPath(open);
      }
      seat.users++;
      return seat;
    } finally {
      MUTEX.unlock();
    }
  }

  /** A folder that is mounted twice is one folder, with one lock file. */
  private static Seat byAnotherPath(OpenFolder open) throws IOException {
    Path path = open.folder().path();
    Object folder =
        Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    Seat seat = BY_FOLDER.computeIfAbsent(folder, any -> new Seat(open));
    BY_PATH.put(path, seat);
    return seat;
  }

  /** Closes the seat with its last user, before anybody can make another one on the same file. */
  static void leave(Seat seat) throws IOException {
    MUTEX.lock();
    try {
      seat.users--;
      if (seat.users == 0) {
        BY_PATH.values().removeIf(one -> one == seat);
        BY_FOLDER.values().removeIf(one -> one == seat);
        seat.close();
      }
    } finally {
      MUTEX.unlock();
    }
  }
}

package ballot.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The seats of this JVM, one for each election in which anybody stands.
 *
 * <p>For the whole JVM and not for a store, because so are the kernel's locks: two channels to one
 * lock file in one process share, and drop, each other's lock.
 */
final class Seats {

  private static final Map<Path, Seat> SEATS = new HashMap<>();
  private static final ReentrantLock MUTEX = new ReentrantLock();

  private Seats() {}

  /** The seat of a folder, to be given back with {@link #leave}. */
  static Seat join(OpenFolder open) {
    MUTEX.lock();
    try {
      Seat seat = SEATS.computeIfAbsent(open.folder().path(), path -> new Seat(open));
      seat.users++;
      return seat;
    } finally {
      MUTEX.unlock();
    }
  }

  /** Closes the seat with its last user, before anybody can make another one on the same file. */
  static void leave(Seat seat) throws IOException {
    MUTEX.lock();
    try {
      seat.users--;
      if (seat.users == 0) {
        SEATS.remove(seat.path());
        seat.close();
      }
    } finally {
      MUTEX.unlock();
    }
  }
}

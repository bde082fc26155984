package ballot.exec;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes processes, and only while enough file descriptors are free.
 *
 * <p>The JDK needs about ten for a process. Where it gets only some of them it closes, besides
 * those, numbers that it never set: seen in a trace of the system calls of JDK 25.0.3, which closed
 * 0, 3 and 738988064 after a failed {@code pipe2}. Such a number can be somebody's descriptor, a
 * lock's for instance, and a lock that is closed is free.
 */
final class Descriptors {

  /** What the JDK needs, twice: other threads open some of their own meanwhile. */
  private static final int NEEDED = 24;

  private Descriptors() {}

  /**
   * Starts a process; one at a time, so that two cannot count on the same descriptors.
   *
   * @throws IOException if it cannot be started, also for want of descriptors
   */
  static synchronized Process start(ProcessBuilder builder) throws IOException {
    require();
    return builder.start();
  }

  private static void require() throws IOException {
    List<FileInputStream> free = new ArrayList<>();
    IOException none = null;
    try {
      while (free.size() < NEEDED) {
        free.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException failure) {
      none = failure;
    }
    for (FileInputStream one : free) {
      one.close();
    }
    if (none != null) {
      throw new IOException(
          "a new process needs %d free file descriptors, and after %d: %s; raise ulimit -n"
              .formatted(NEEDED, free.size(), none.getMessage()),
          none);
    }
  }
}

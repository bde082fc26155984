package ballot.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * When a command is to be gone, on the clock that counts since the machine was booted, the time
 * that it was suspended included.
 *
 * <p>It is absolute, so that a deadline that is read late, after a freeze, has passed instead of
 * beginning anew. It holds for this machine and this boot only.
 *
 * @param centiseconds hundredths of a second since boot, as in {@code /proc/uptime}
 */
public record Deadline(long centiseconds) {

  /** No deadline. */
  public static final Deadline NEVER = new Deadline(Long.MAX_VALUE);

  private static final long NANOS = 10_000_000L;

  /** Checks that the time is one. */
  public Deadline {
    if (centiseconds < 0) {
      throw new IllegalArgumentException("a deadline is not before the boot: " + centiseconds);
    }
  }

  /** A deadline in nanoseconds since boot, rounded down; {@link Long#MAX_VALUE} is none. */
  public static Deadline atNanos(long nanosSinceBoot) {
    return nanosSinceBoot == Long.MAX_VALUE
        ? NEVER
        : new Deadline(Math.max(0, nanosSinceBoot) / NANOS);
  }

  /** Whether it has passed; if the clock cannot be read, it has. */
  boolean hasPassed() {
    if (equals(NEVER)) {
      return false;
    }
    try {
      String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return Long.parseLong(seconds.replace(".", "")) >= centiseconds;
    } catch (IOException | NumberFormatException unreadable) {
      return true;
    }
  }

  /** The word for it in a message to the guard. */
  String word() {
    return equals(NEVER) ? "never" : Long.toString(centiseconds);
  }
}

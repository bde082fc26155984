package ballot.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for conditions, with a bound. */
final class Await {

  private Await() {}

  /** Waits until a condition holds; fails naming it when it does not within ten seconds. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    within(Duration.ofSeconds(40), what, condition);
  }

  /** Waits until a condition holds, at most so long; says how long it took. */
  static Duration within(Duration atMost, String what, Callable<Boolean> condition)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > atMost.toNanos()) {
        throw new AssertionError("not within " + atMost.toMillis() + " ms: " + what);
      }
      Thread.sleep(1);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The boot clock's reading, in centiseconds. */
  static long bootCentiseconds() throws IOException {
    String seconds = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
    return Long.parseLong(seconds.replace(".", ""));
  }

  /** A deadline so long from now. */
  static Deadline inMillis(long millis) throws IOException {
    return new Deadline(bootCentiseconds() + millis / 10);
  }
}

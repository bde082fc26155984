package ballot.e2e.site;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for something to become true, with a bound and a reason. */
public final class Await {

  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  public static void until(Duration longest, Supplier<String> what, Condition condition)
      throws Exception {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + longest + ": " + what.get());
      }
      Thread.sleep(2);
    }
  }
}

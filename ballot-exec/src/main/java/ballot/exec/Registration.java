package ballot.exec;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the guard has said about one attempt to start a command. Written on the desk, awaited by the
 * command's own thread.
 */
final class Registration {

  /** How often to look whether the process is still there. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** How long the guard's word may take when the process has ended. */
  private static final Duration LAST_WORD = Duration.ofMillis(300);

  private final CountDownLatch said = new CountDownLatch(1);
  private final CountDownLatch refused = new CountDownLatch(1);
  private volatile long pid;
  private volatile @Nullable String refusal;

  /** It is about to be executed, in that process. */
  void confirm(long process) {
    pid = process;
    said.countDown();
  }

  /** It will not be executed. */
  void refuse(String why) {
    refusal = why;
    refused.countDown();
    said.countDown();
  }

  boolean isConfirmed() {
    return pid != 0;
  }

  /** The reason why it was not executed; waits for it, as it may be on its way. Null for none. */
  @Nullable String awaitRefusal() throws InterruptedException {
    refused.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    return refusal;
  }

  /**
   * Waits for the guard's word; nothing if the process ended without it, or was refused.
   *
   * @param isIdle whether nobody cares any more about a word that is still on its way
   */
  OptionalLong await(Process process, BooleanSupplier isIdle) throws InterruptedException {
    while (!said.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!process.isAlive()) {
        if (!isIdle.getAsBoolean()) {
          said.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        }
        break;
      }
    }
    return refusal == null && isConfirmed() ? OptionalLong.of(pid) : OptionalLong.empty();
  }
}

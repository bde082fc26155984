package ballot.exec.hooks;

import ballot.api.Hook;
import ballot.exec.LineSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes lines on to the caller of a hook, until the hook is over. Safe for use by many threads.
 */
final class Telling implements LineSink {

  private static final Logger LOG = System.getLogger(Telling.class.getName());

  private final Hook.Output output;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by lock. */
  private boolean hasComplained;

  /** No call begins when it is set, as each looks at it while it holds the lock. */
  private volatile boolean isOver;

  Telling(Hook.Output output) {
    this.output = output;
  }

  @Override
  public void line(Stream stream, String text, boolean continued) {
    tell(text, stream == Stream.STDERR);
  }

  @Override
  public void dropped(Stream stream, long lines) {
    tell(
        "(%d %s missing here: they came faster than they were taken)"
            .formatted(lines, lines == 1 ? "line is" : "lines are"),
        true);
  }

  void tell(String text, boolean error) {
    lock.lock();
    try {
      if (!isOver) {
        output.line(text, error);
      }
    } catch (RuntimeException fault) {
      if (!hasComplained) {
        hasComplained = true;
        LOG.log(Level.ERROR, "what takes a hook's lines has failed; it is called again", fault);
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on no call begins. One that has begun and does not return is not waited for. */
  void end() {
    isOver = true;
    boolean interrupted = Thread.interrupted();
    try {
      // Whoever looked before it was set is about to call, and does so before we go on.
      if (lock.tryLock(100, TimeUnit.MILLISECONDS)) {
        lock.unlock();
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

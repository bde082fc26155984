package ballot.e2e.torture.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/**
 * What has to be ended, the latest first, however a run ends: also one that is broken off while it
 * still starts things. Safe for use by many threads; closing twice harms nobody.
 */
public final class Undo implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closed;

  /**
   * Makes something that has to be ended. Who breaks off meanwhile waits until it is made.
   *
   * @throws InterruptedException when all was broken off before
   */
  public synchronized <T extends AutoCloseable> T make(Callable<T> maker) throws Exception {
    if (closed) {
      throw new InterruptedException("broken off");
    }
    T made = maker.call();
    open.push(made);
    return made;
  }

  /** Notes something that exists, or is about to. */
  public synchronized void add(AutoCloseable end) throws InterruptedException {
    if (closed) {
      throw new InterruptedException("broken off");
    }
    open.push(end);
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception broken) {
        System.err.println("not all that was started is ended: " + broken);
      }
    }
  }
}

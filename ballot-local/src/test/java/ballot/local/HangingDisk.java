package ballot.local;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The disk's threads, which a test can make hang before they do anything. */
final class HangingDisk extends AbstractExecutorService {

  private final ExecutorService threads = LocalStore.diskThreads();
  private final ReentrantLock mutex = new ReentrantLock();
  private final Condition changed = mutex.newCondition();
  private boolean hangs;

  void hang(boolean now) {
    mutex.lock();
    try {
      hangs = now;
      changed.signalAll();
    } finally {
      mutex.unlock();
    }
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(
        () -> {
          passes();
          task.run();
        });
  }

  private void passes() {
    mutex.lock();
    try {
      while (hangs) {
        changed.awaitUninterruptibly();
      }
    } finally {
      mutex.unlock();
    }
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return threads.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return threads.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return threads.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return threads.awaitTermination(timeout, unit);
  }
}

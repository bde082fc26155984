package ballot.cli.logging;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lines on their way to the one thread that writes them, bounded in number and in memory.
 *
 * <p>Our own lines never wait, whoever writes them: an election does not stand still because a
 * terminal does. They have room that the command's lines cannot take, and what does not fit even
 * there is counted and left out. The command's lines wait; whoever reads the command's output has a
 * buffer for that.
 */
final class LogQueue {

  private static final int MOST = 16_384;
  private static final int MOST_WEIGHT = 8 << 20;
  private static final int SHARE_OF_COMMAND = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Queue<LogEntry> entries = new ArrayDeque<>(); // guarded by lock
  private long weight; // guarded by lock
  private long leftOut; // guarded by lock
  private boolean closed; // guarded by lock

  /** Adds a line of ours, or counts it as left out. Never waits for the writer. */
  void offer(LogEntry entry) {
    lock.lock();
    try {
      if (entries.size() >= MOST || weight >= MOST_WEIGHT) {
        leftOut++;
      } else if (!closed) {
        // What libraries say once the log is closed was never promised to be in it.
        add(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Adds a line of the command as soon as there is room; drops it when the log is closed. */
  void put(LogEntry entry) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed
          && (entries.size() >= MOST / SHARE_OF_COMMAND
              || weight >= MOST_WEIGHT / SHARE_OF_COMMAND)) {
        emptied.await();
      }
      if (!closed) {
        add(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(LogEntry entry) {
    entries.add(entry);
    weight += entry.weight();
    filled.signal();
  }

  /**
   * Moves lines into a list, waiting for the first.
   *
   * @return how many lines of ours were left out since the last call, or -1 when the queue is
   *     closed and empty
   */
  long take(List<LogEntry> batch, int most) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (entries.isEmpty() && leftOut == 0) {
        if (closed) {
          return -1;
        }
        filled.await();
      }
      while (batch.size() < most && !entries.isEmpty()) {
        LogEntry entry = entries.remove();
        weight -= entry.weight();
        batch.add(entry);
      }
      emptied.signalAll();
      long missing = leftOut;
      leftOut = 0;
      return missing;
    } finally {
      lock.unlock();
    }
  }

  /** How many lines have not been taken out, those that were left out among them. */
  long waiting() {
    lock.lock();
    try {
      return entries.size() + leftOut;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more lines; those that are there can still be taken out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      filled.signalAll();
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

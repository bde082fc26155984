package ballot.exec;

import ballot.exec.LineSink.Stream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The output of one command between those who read it and the one who delivers it. It takes so many
 * bytes of each stream and no more: adding never waits. Safe for use by many threads.
 */
final class LineQueue {

  /** What is kept of each of the two streams, so that a flood on one leaves room for the other. */
  static final int BYTES_PER_STREAM = 2 * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by lock
  private final Queue<Item> items = new ArrayDeque<>();
  private final long[] held = new long[Stream.values().length];
  private final @Nullable Gap[] lastGap = new @Nullable Gap[Stream.values().length];
  private boolean isClosed;

  /** Something that is to be delivered. */
  sealed interface Item {}

  /**
   * Text.
   *
   * @param isContinued whether its first line goes on where the last chunk of the stream stopped
   */
  record Chunk(Stream stream, byte[] bytes, boolean isContinued) implements Item {}

  /** A place where lines are missing. */
  static final class Gap implements Item {
    private final Stream stream;

    /** Guarded by the queue's lock until the gap is taken. */
    private long lines;

    private Gap(Stream stream) {
      this.stream = stream;
    }

    Stream stream() {
      return stream;
    }

    long lines() {
      return lines;
    }
  }

  /** Adds a chunk, if there is room for it. */
  boolean offer(Stream stream, byte[] bytes, boolean isContinued) {
    lock.lock();
    try {
      int index = stream.ordinal();
      if (held[index] + bytes.length > BYTES_PER_STREAM) {
        return false;
      }
      held[index] += bytes.length;
      lastGap[index] = null;
      items.add(new Chunk(stream, bytes, isContinued));
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that lines are missing here. */
  void drop(Stream stream, long lines) {
    lock.lock();
    try {
      Gap gap = lastGap[stream.ordinal()];
      if (gap == null) {
        gap = new Gap(stream);
        lastGap[stream.ordinal()] = gap;
        items.add(gap);
        changed.signalAll();
      }
      gap.lines += lines;
    } finally {
      lock.unlock();
    }
  }

  /** The next item; waits for one. Null when the queue is closed and empty. */
  @Nullable Item take() throws InterruptedException {
    lock.lock();
    try {
      while (items.isEmpty() && !isClosed) {
        changed.await();
      }
      Item item = items.poll();
      if (item instanceof Gap gap && lastGap[gap.stream().ordinal()] == gap) {
        lastGap[gap.stream().ordinal()] = null;
      }
      return item;
    } finally {
      lock.unlock();
    }
  }

  /** A chunk was delivered: there is room again. */
  void release(Chunk chunk) {
    lock.lock();
    try {
      held[chunk.stream().ordinal()] -= chunk.bytes().length;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

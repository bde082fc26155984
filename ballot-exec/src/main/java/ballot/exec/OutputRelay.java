package ballot.exec;

import ballot.exec.LineSink.Stream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Carries the output of one command to its sink: two threads that read without ever waiting for
 * anybody but the command, and one that delivers.
 */
final class OutputRelay {

  private static final Logger LOG = System.getLogger(OutputRelay.class.getName());

  private final long run;
  private final LineSink sink;
  private final List<FileChannel> channels;
  private final LineQueue queue = new LineQueue();
  private final CountDownLatch read = new CountDownLatch(Stream.values().length);
  private final CountDownLatch delivered = new CountDownLatch(1);
  private boolean hasComplained;

  private OutputRelay(long run, LineSink sink, List<FileChannel> channels) {
    this.run = run;
    this.sink = sink;
    this.channels = channels;
  }

  /**
   * Takes over the output of a process that has not begun to write.
   *
   * <p>The pipes are opened anew, through the process's own ends of them. What the JDK hands out
   * would be closed under whatever the process leaves behind, the moment that the process itself
   * ends; and a thread that waits on it for a daemon that never writes could never be called off.
   *
   * @throws IOException if the process has ended or there are no descriptors left
   */
  static OutputRelay of(long run, Process process, LineSink sink) throws IOException {
    FileChannel out = open(process, 1);
    try {
      FileChannel err = open(process, 2);
      process.getInputStream().close();
      process.getErrorStream().close();
      return new OutputRelay(run, sink, List.of(out, err));
    } catch (IOException noSecond) {
      out.close();
      throw noSecond;
    }
  }

  private static FileChannel open(Process process, int descriptor) throws IOException {
    return FileChannel.open(
        Path.of("/proc/%d/fd/%d".formatted(process.pid(), descriptor)), StandardOpenOption.READ);
  }

  /** Begins. */
  void begin() {
    for (Stream stream : Stream.values()) {
      thread(stream.name().toLowerCase(Locale.ROOT)).start(() -> read(stream));
    }
    thread("lines").start(this::deliver);
  }

  private Thread.Builder thread(String role) {
    return Thread.ofPlatform().daemon().name("ballot-run-%d-%s".formatted(run, role));
  }

  /**
   * The command is gone. What it wrote is in the pipes or delivered; whoever else holds them open
   * is none of it, and is not waited for longer than this.
   */
  void settle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    if (!read.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.log(Level.DEBUG, "somebody still holds the output of run {0,number,#} open", run);
      closeChannels();
      read.await();
    }
    closeChannels();
    queue.close();
    delivered.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the sink has been told everything. */
  void awaitDelivery() throws InterruptedException {
    delivered.await();
  }

  private void closeChannels() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException nothingWasWritten) {
        LOG.log(Level.TRACE, "closing the output of run {0,number,#}", run);
      }
    }
  }

  private void read(Stream stream) {
    try {
      new LineSplitter(stream, queue).readAll(channels.get(stream.ordinal()));
    } catch (ClosedChannelException settled) {
      LOG.log(Level.TRACE, "no longer reading {0} of run {1,number,#}", stream, run);
    } catch (IOException broken) {
      LOG.log(Level.WARNING, "could not read {0} of a command: {1}", stream, broken.getMessage());
    } finally {
      read.countDown();
    }
  }

  private void deliver() {
    try {
      for (LineQueue.Item item = queue.take(); item != null; item = queue.take()) {
        switch (item) {
          case LineQueue.Chunk chunk -> {
            deliver(chunk);
            queue.release(chunk);
          }
          case LineQueue.Gap gap -> guarded(() -> sink.dropped(gap.stream(), gap.lines()));
        }
      }
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    } finally {
      delivered.countDown();
    }
  }

  private void deliver(LineQueue.Chunk chunk) {
    byte[] bytes = chunk.bytes();
    boolean isContinued = chunk.isContinued();
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int textEnd = end < bytes.length && end > start && bytes[end - 1] == '\r' ? end - 1 : end;
      // The rest of a line that was cut just before its end is no text.
      if (textEnd > start || !isContinued) {
        String text = new String(bytes, start, textEnd - start, StandardCharsets.UTF_8);
        boolean goesOn = isContinued;
        guarded(() -> sink.line(chunk.stream(), text, goesOn));
      }
      isContinued = false;
      start = end + 1;
    }
  }

  /** A broken sink cannot stop the command's output from being read. */
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException fault) {
      if (!hasComplained) {
        hasComplained = true;
        LOG.log(Level.ERROR, "what takes a command's lines has failed; it is called again", fault);
      }
    }
  }
}

package ballot.exec;

import ballot.exec.LineSink.Stream;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
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

  private static final Duration QUIET = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final String name;
  private final List<FileInputStream> pipes;
  private final LineQueue queue = new LineQueue();
  private final CountDownLatch read = new CountDownLatch(Stream.values().length);
  private final CountDownLatch delivered = new CountDownLatch(1);
  private boolean hasComplained;

  private OutputRelay(String name, List<FileInputStream> pipes) {
    this.name = name;
    this.pipes = pipes;
  }

  /**
   * Takes over the output of a process that has not begun to write.
   *
   * <p>The pipes are opened anew, through the process's own ends of them. What the JDK hands out
   * would be closed under whatever the process leaves behind, the moment that the process itself
   * ends; and a thread that waits on it for a daemon that never writes could never be called off.
   *
   * @param name of what runs, for threads and logs
   * @throws IOException if the process has ended or there are no descriptors left
   */
  static OutputRelay of(String name, Process process) throws IOException {
    FileInputStream out = open(process, 1);
    try {
      FileInputStream err = open(process, 2);
      process.getInputStream().close();
      process.getErrorStream().close();
      return new OutputRelay(name, List.of(out, err));
    } catch (IOException noSecond) {
      out.close();
      throw noSecond;
    }
  }

  private static FileInputStream open(Process process, int descriptor) throws IOException {
    return new FileInputStream("/proc/%d/fd/%d".formatted(process.pid(), descriptor));
  }

  /** Begins to read, so that the process can write. */
  void begin() {
    for (Stream stream : Stream.values()) {
      thread(stream.name().toLowerCase(Locale.ROOT)).start(() -> read(stream));
    }
  }

  /** Begins to hand over what was read. */
  void deliverTo(LineSink sink) {
    thread("lines").start(() -> deliver(sink));
  }

  private Thread.Builder thread(String role) {
    return Thread.ofPlatform().daemon().name("ballot-%s-%s".formatted(name, role));
  }

  /**
   * The command is gone: hands over what it wrote and the sink will take within a second. Others
   * may hold the pipes open; they are waited for only while there is something to read.
   */
  void settle() throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    try {
      while (!read.await(QUIET.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!isReadable() || System.nanoTime() - end > 0) {
          LOG.log(Level.DEBUG, "somebody still holds the output of {0} open", name);
          closePipes();
        }
      }
    } finally {
      // Also for whoever is interrupted: its threads would wait for ever.
      closePipes();
      queue.close();
    }
    delivered.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Lets go of what it has taken over; for one that has not begun. */
  void callOff() {
    closePipes();
  }

  /** Waits until the sink has been told everything. */
  void awaitDelivery() throws InterruptedException {
    delivered.await();
  }

  private boolean isReadable() {
    for (FileInputStream pipe : pipes) {
      try {
        if (pipe.available() > 0) {
          return true;
        }
      } catch (IOException closed) {
        LOG.log(Level.TRACE, "an output of {0} was closed", name);
      }
    }
    return false;
  }

  private void closePipes() {
    for (FileInputStream pipe : pipes) {
      try {
        pipe.getChannel().close();
      } catch (IOException nothingWasWritten) {
        LOG.log(Level.TRACE, "closing the output of {0}", name);
      }
    }
  }

  private void read(Stream stream) {
    try {
      new LineSplitter(stream, queue).readAll(pipes.get(stream.ordinal()).getChannel());
    } catch (ClosedChannelException settled) {
      LOG.log(Level.TRACE, "no longer reading {0} of {1}", stream, name);
    } catch (IOException broken) {
      LOG.log(Level.WARNING, "could not read {0} of a command: {1}", stream, broken.getMessage());
    } finally {
      read.countDown();
    }
  }

  private void deliver(LineSink sink) {
    try {
      for (LineQueue.Item item = queue.take(); item != null; item = queue.take()) {
        switch (item) {
          case LineQueue.Chunk chunk -> {
            deliver(chunk, sink);
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

  private void deliver(LineQueue.Chunk chunk, LineSink sink) {
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

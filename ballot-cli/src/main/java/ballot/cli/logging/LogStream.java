package ballot.cli.logging;

import ballot.cli.process.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Where the lines go. When nobody reads them any more, or the disk is full, that is said once on
 * standard error and the run goes on without a log: its command matters more. Used by the log's
 * thread alone.
 */
final class LogStream extends OutputStream {

  private final OutputStream sink;
  private final OutputStream complaints;
  private boolean broken;
  private volatile long writingSince; // 0 when not writing

  LogStream(OutputStream sink, OutputStream complaints) {
    this.sink = sink;
    this.complaints = complaints;
  }

  @Override
  public void write(int single) {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (broken) {
      return;
    }
    writingSince = System.nanoTime() | 1;
    try {
      sink.write(bytes, from, length);
    } catch (IOException unwritable) {
      broken = true;
      complain(unwritable);
    } finally {
      writingSince = 0;
    }
  }

  /** Whether one write has lasted that long. Any thread. */
  boolean isStuckFor(Duration time) {
    long since = writingSince;
    return since != 0 && System.nanoTime() - since > time.toNanos();
  }

  private void complain(IOException unwritable) {
    complain(
        "the log cannot be written any more (%s): going on without it"
            .formatted(unwritable.getMessage()));
  }

  /** Says a line about the log where it is not a part of it. Any thread. */
  void complain(String about) {
    try {
      complaints.write(
          "ballot: %s\n".formatted(OneLine.of(about)).getBytes(StandardCharsets.UTF_8));
      complaints.flush();
    } catch (IOException nobodyListens) {
      // There is nobody left to tell.
    }
  }

  @Override
  public void flush() {
    try {
      if (!broken) {
        sink.flush();
      }
    } catch (IOException unwritable) {
      broken = true;
      complain(unwritable);
    }
  }
}

package ballot.cli.logging;

import ballot.api.Term;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of one run. Lines may come from any thread and are written by one of its own, which
 * begins with the first line and gets log4j2 ready meanwhile: nothing else waits for that.
 */
public final class Log implements AutoCloseable {

  /** With a reader that does not read. */
  private static final Duration PATIENCE_WITH_READER = Duration.ofSeconds(2);

  /** With a machine that is busy: what was logged is worth waiting for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int BATCH = 512;
  private static final String OWN = "ballot.log";

  private final LogPlan plan;
  private final LogStream stream;
  private final LogQueue queue = new LogQueue();
  private @Nullable Thread thread; // guarded by this
  private volatile @Nullable LogEntry last;

  /**
   * Opens a log; nothing is written or loaded before the first line.
   *
   * @param sink where lines go; not closed
   * @param complaints where it is said, once, that they cannot be written
   */
  public Log(LogPlan plan, OutputStream sink, OutputStream complaints) {
    this.plan = plan;
    this.stream = new LogStream(sink, complaints);
  }

  /** Whether a line of that level is written. */
  public boolean isLogged(LogLevel level) {
    return level.compareTo(plan.level()) >= 0;
  }

  /** Writes a line about no election. Returns at once. */
  public void write(LogLevel level, String message) {
    write(LogEntry.now(level, "ballot", message, LogContext.NONE, null));
  }

  /** The story of a candidate in an election. */
  public Story story(LogContext context) {
    return new Story(this, context);
  }

  void write(LogEntry entry) {
    if (isLogged(entry.level())) {
      last = entry;
      begin();
      queue.offer(entry);
    }
  }

  /**
   * Writes a line of the command's output, waiting for room.
   *
   * @param term the term under which the command runs, if it leads
   */
  void writeOutput(CommandStream from, String text, LogContext context, Optional<Term> term) {
    if (!isLogged(from.level())) {
      return;
    }
    begin();
    LogContext full = term.map(context::in).orElse(context);
    LogEntry entry =
        new LogEntry(
            java.time.Instant.now(), from.level(), "ballot.command", text, full, from, null);
    try {
      queue.put(entry);
    } catch (InterruptedException leaving) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void begin() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("ballot-log").daemon(true).start(this::run);
    }
  }

  private void run() {
    Sink sink = open();
    List<LogEntry> batch = new ArrayList<>(BATCH);
    try {
      long missing = queue.take(batch, BATCH);
      while (missing >= 0) {
        if (missing > 0) {
          batch.add(leftOut(missing));
        }
        for (int i = 0; i < batch.size(); i++) {
          sink.write(batch.get(i), i + 1 == batch.size());
        }
        batch.clear();
        missing = queue.take(batch, BATCH);
      }
    } catch (InterruptedException closing) {
      // What is left in the queue is given up by whoever closed the log.
    } finally {
      sink.close();
    }
  }

  @SuppressWarnings("CatchingUnchecked")
  private Sink open() {
    try {
      return new Log4jSink(plan, stream);
    } catch (RuntimeException | LinkageError broken) {
      return new PlainSink(plan.lines(), stream);
    }
  }

  /** Whoever asks at three in the morning how it ended is told at least that. */
  private void tellOfLoss() {
    long lost = queue.waiting();
    LogEntry end = last;
    if (lost > 0) {
      stream.complain(
          "the log is not read any more, and its last lines are lost, %d or so; of our own the last was: %s"
              .formatted(lost, end == null ? "none" : plan.redaction().apply(end.message())));
    }
  }

  private static LogEntry leftOut(long missing) {
    return LogEntry.now(
        LogLevel.WARN,
        OWN,
        missing + " lines are missing here: they came faster than they could be written",
        LogContext.NONE,
        null);
  }

  /**
   * Writes what is waiting and ends; for at most two seconds while nobody reads, ten in all.
   * Idempotent; keeps the interrupt flag.
   */
  @Override
  public void close() {
    queue.close();
    Thread writer;
    synchronized (this) {
      writer = thread;
      if (writer == null) {
        return;
      }
    }
    boolean interrupted = Thread.interrupted();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!writer.join(BETWEEN_LOOKS)) {
        if (end - System.nanoTime() < 0 || stream.isStuckFor(PATIENCE_WITH_READER)) {
          tellOfLoss();
          writer.interrupt();
          break;
        }
      }
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

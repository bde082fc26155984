package ballot.cli.logging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log before it is written.
 *
 * @param time when it happened
 * @param logger who says it
 * @param message one line, but for the command's own text; nothing secret in it
 * @param output for a line of the command's output: which stream
 * @param thrown what went wrong
 */
record LogEntry(
    Instant time,
    LogLevel level,
    String logger,
    String message,
    LogContext context,
    @Nullable CommandStream output,
    @Nullable Throwable thrown) {

  /** Of what happens now. */
  static LogEntry now(
      LogLevel level,
      String logger,
      String message,
      LogContext context,
      @Nullable Throwable thrown) {
    return new LogEntry(Instant.now(), level, logger, message, context, null, thrown);
  }

  /** About how much memory it holds while it waits. */
  int weight() {
    return 200 + message.length();
  }
}

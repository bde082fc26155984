package ballot.cli.logging;

import ballot.api.Term;
import ballot.cli.process.OneLine;
import ballot.engine.Chronicle;
import ballot.engine.core.Effect;
import java.util.Optional;

/**
 * The log as one candidate in one election sees it: every line says which that is. Safe for use by
 * many threads.
 */
public final class Story implements Chronicle {

  private static final String LOGGER = "ballot.story";

  private final Log log;
  private final LogContext context;

  Story(Log log, LogContext context) {
    this.log = log;
    this.context = context;
  }

  /** Writes a line. Returns at once, from whatever thread. */
  @Override
  public void tell(Effect.Level level, String message, Optional<Term> term) {
    tell(
        switch (level) {
          case DEBUG -> LogLevel.DEBUG;
          case INFO -> LogLevel.INFO;
          case WARN -> LogLevel.WARN;
          case ERROR -> LogLevel.ERROR;
        },
        message,
        term);
  }

  /** Writes a line. Returns at once, from whatever thread. */
  public void tell(LogLevel level, String message, Optional<Term> term) {
    if (log.isLogged(level)) {
      LogContext about = term.map(context::in).orElse(context);
      log.write(LogEntry.now(level, LOGGER, OneLine.of(message), about, null));
    }
  }

  /**
   * Writes a line of the command's output. Waits when the log is slow, so not for threads that must
   * go on; drops the line when the log is closed or the thread interrupted, and keeps the flag.
   *
   * @param term the term under which the command runs, if it leads
   */
  public void output(CommandStream stream, String text, Optional<Term> term) {
    log.writeOutput(stream, text, context, term);
  }
}

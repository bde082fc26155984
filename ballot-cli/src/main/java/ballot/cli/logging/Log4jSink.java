package ballot.cli.logging;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.util.SortedArrayStringMap;

/** Writes through log4j2. Loaded by the log's thread alone, since loading it takes long. */
final class Log4jSink implements Sink {

  private final LoggerContext context = new LoggerContext("ballot");
  private final LoggerConfig loggers;

  Log4jSink(LogPlan plan, LogStream stream) {
    Log4jConfiguration configuration = new Log4jConfiguration(context, plan, stream);
    context.start(configuration);
    loggers = configuration.getRootLogger();
  }

  @Override
  public void write(LogEntry entry, boolean endsBatch) {
    loggers.log(
        Log4jLogEvent.newBuilder()
            .setLoggerName(entry.logger())
            .setLevel(levelOf(entry.level()))
            .setMessage(new EntryMessage(entry))
            .setThrown(entry.thrown())
            .setTimeMillis(entry.time().toEpochMilli())
            .setThreadName("ballot")
            .setContextData(new SortedArrayStringMap(0))
            .setEndOfBatch(endsBatch)
            .build());
  }

  private static Level levelOf(LogLevel level) {
    return switch (level) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
      case FATAL, PANIC -> Level.FATAL;
    };
  }

  @Override
  public void close() {
    context.stop();
  }
}

package ballot.cli.logging;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.OutputStreamAppender;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** One appender, one logger, no file to look for and no plugins to scan. */
final class Log4jConfiguration extends AbstractConfiguration {

  private final Appender appender;

  Log4jConfiguration(LoggerContext context, LogPlan plan, LogStream stream) {
    super(context, ConfigurationSource.NULL_SOURCE);
    appender =
        OutputStreamAppender.newBuilder()
            .setName("ballot-" + System.identityHashCode(stream))
            .setTarget(stream)
            .setLayout(new EntryLayout(plan.lines()))
            .setImmediateFlush(false)
            .build();
  }

  /** Instead of reading a configuration: what was logged was decided before it came here. */
  @Override
  public void initialize() {
    appender.start();
    addAppender(appender);
    LoggerConfig root = getRootLogger();
    root.setLevel(Level.ALL);
    root.addAppender(appender, Level.ALL, null);
    setState(State.INITIALIZED);
  }
}

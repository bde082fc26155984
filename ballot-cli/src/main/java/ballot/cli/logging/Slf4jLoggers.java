package ballot.cli.logging;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Takes what clients of stores log through SLF4J to the log of the run, a step or two lower: what
 * they call information is chatter to an operator, and of an outage our own lines tell. Their own
 * chatter is not heard at all: below that some write down what goes over the wire, secrets
 * included.
 */
public final class Slf4jLoggers implements SLF4JServiceProvider {

  private static final String API = "2.0.99";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  /** For the service loader. */
  public Slf4jLoggers() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return Bridge::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return API;
  }

  @Override
  public void initialize() {}

  private static final class Bridge extends LegacyAbstractLogger {

    @Serial private static final long serialVersionUID = 1L;

    private final transient System.Logger target;

    Bridge(String name) {
      this.name = name;
      this.target = System.getLogger(name);
    }

    private static System.Logger.Level lower(Level level) {
      return switch (level) {
        case ERROR -> System.Logger.Level.WARNING;
        case WARN, INFO -> System.Logger.Level.DEBUG;
        case DEBUG, TRACE -> System.Logger.Level.OFF;
      };
    }

    private boolean isHeard(Level level) {
      return lower(level) != System.Logger.Level.OFF && target.isLoggable(lower(level));
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String format,
        Object @Nullable [] parameters,
        @Nullable Throwable thrown) {
      String message = MessageFormatter.basicArrayFormat(format, parameters);
      target.log(lower(level), message, thrown);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return isHeard(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
      return isHeard(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
      return isHeard(Level.ERROR);
    }
  }
}

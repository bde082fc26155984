package ballot.cli.logging;

import java.lang.System.Logger;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the API, the engine, plugins and the JDK log through {@link System.Logger} to the log
 * of the run. The one piece of global state there is, as the JDK finds this class by itself: it
 * holds the log that is open, and without one lines go nowhere.
 */
public final class SystemLoggers extends System.LoggerFinder {

  private static final AtomicReference<@Nullable Log> OPEN = new AtomicReference<>();

  /** For the service loader. */
  public SystemLoggers() {}

  /** Takes lines to this log from now on. */
  public static void open(Log log) {
    OPEN.set(log);
  }

  /** Takes lines nowhere. */
  public static void close() {
    OPEN.set(null);
  }

  /** Tells what ended a thread that nobody watches. */
  public static void uncaught(Thread thread, Throwable thrown) {
    Log log = OPEN.get();
    String message = "a fault of ours ended thread " + thread.getName();
    if (log == null) {
      System.err.println("ballot: " + message + ": " + thrown);
    } else {
      log.write(LogEntry.now(LogLevel.FATAL, "ballot", message, LogContext.NONE, thrown));
    }
  }

  @Override
  public Logger getLogger(String name, Module module) {
    return new Bridge(name);
  }

  /** A logger by its name. The JDK's own are heard from WARNING on: below they tell of our data. */
  private static final class Bridge implements Logger {

    private final String name;
    private final boolean isOfJdk;

    Bridge(String name) {
      this.name = name;
      this.isOfJdk =
          Stream.of("java.", "javax.", "jdk.", "sun.", "com.sun.").anyMatch(name::startsWith);
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      Log log = OPEN.get();
      return log != null
          && level != Level.OFF
          && !(isOfJdk && level.compareTo(Level.WARNING) < 0)
          && log.isLogged(LogLevel.of(level));
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      write(level, translate(bundle, message), LogContext.NONE, thrown);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... parameters) {
      if (isLoggable(level)) {
        String message = Placeholders.fill(translate(bundle, format), parameters);
        write(level, message, LogContext.NONE.with(parameters), null);
      }
    }

    private void write(
        Level level, String message, LogContext context, @Nullable Throwable thrown) {
      Log log = OPEN.get();
      if (log != null && isLoggable(level)) {
        log.write(LogEntry.now(LogLevel.of(level), name, message, context, thrown));
      }
    }

    private static String translate(@Nullable ResourceBundle bundle, @Nullable String key) {
      if (key == null) {
        return "";
      }
      return bundle != null && bundle.containsKey(key) ? bundle.getString(key) : key;
    }
  }
}

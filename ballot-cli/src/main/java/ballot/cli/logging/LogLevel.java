package ballot.cli.logging;

import java.util.Locale;

/** How much a line matters. The last two are thresholds: hardly anything is worse than an error. */
public enum LogLevel {
  /** Every step. */
  TRACE,
  /** Every attempt. */
  DEBUG,
  /** The story. */
  INFO,
  /** A person may have to act. */
  WARN,
  /** Something failed. */
  ERROR,
  /** The program ends because of it. */
  FATAL,
  /** Nothing that there is. */
  PANIC;

  /** The word that settings and lines use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its word, in any case. */
  public static LogLevel of(String word) {
    return valueOf(word.strip().toUpperCase(Locale.ROOT));
  }

  static LogLevel of(System.Logger.Level level) {
    return switch (level) {
      case ALL, TRACE -> TRACE;
      case DEBUG -> DEBUG;
      case INFO -> INFO;
      case WARNING -> WARN;
      case ERROR -> ERROR;
      case OFF -> PANIC;
    };
  }
}

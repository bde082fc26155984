package ballot.cli.logging;

import java.util.Locale;

/** Which of a command's two outputs a line came from. */
public enum CommandStream {
  /** Standard output: logged as info. */
  STDOUT(LogLevel.INFO),
  /** Standard error: logged as error. */
  STDERR(LogLevel.ERROR);

  private final LogLevel level;

  CommandStream(LogLevel level) {
    this.level = level;
  }

  /** How much its lines matter. */
  LogLevel level() {
    return level;
  }

  /** The word that lines use. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

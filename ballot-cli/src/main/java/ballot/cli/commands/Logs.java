package ballot.cli.commands;

import ballot.cli.logging.Log;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.LogPlan;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import java.util.Locale;

/** Opens the log that the settings ask for. */
final class Logs {

  private Logs() {}

  /** The log of a command; its first lines are about the settings themselves. */
  static Log open(Surroundings here, Start start, boolean toStdout) {
    return open(here, start, toStdout, LogPlan.Format.HUMAN);
  }

  /**
   * The same.
   *
   * @param awayFromTerminal the format where nobody looks and nobody said which
   */
  static Log open(
      Surroundings here, Start start, boolean toStdout, LogPlan.Format awayFromTerminal) {
    EffectiveSettings settings = start.settings();
    boolean stdout =
        settings.find(GeneralSettings.LOG_OUTPUT).map("stdout"::equals).orElse(toStdout);
    boolean terminal = stdout ? here.terminal().stdout() : here.terminal().stderr();
    LogPlan plan =
        new LogPlan(
            level(settings),
            format(settings, terminal ? LogPlan.Format.HUMAN : awayFromTerminal),
            terminal,
            here.terminal().colours(),
            start.redaction());
    Log log = new Log(plan, stdout ? here.stdout() : here.stderr(), here.stderr());
    start.warnings().tell().forEach(warning -> log.write(LogLevel.WARN, warning));
    return log;
  }

  private static LogPlan.Format format(EffectiveSettings settings, LogPlan.Format otherwise) {
    return settings.isGiven(GeneralSettings.LOG_FORMAT)
        ? LogPlan.Format.valueOf(settings.get(GeneralSettings.LOG_FORMAT).toUpperCase(Locale.ROOT))
        : otherwise;
  }

  private static LogLevel level(EffectiveSettings settings) {
    boolean unlessToldOtherwise =
        settings.get(GeneralSettings.DEBUG) && !settings.isGiven(GeneralSettings.LOG_LEVEL);
    return unlessToldOtherwise
        ? LogLevel.DEBUG
        : LogLevel.of(settings.get(GeneralSettings.LOG_LEVEL));
  }
}

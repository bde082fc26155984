package ballot.cli.commands;

import ballot.api.Candidate;
import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.cli.cron.CronPlan;
import ballot.cli.logging.Log;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.SystemLoggers;
import ballot.cli.process.Surroundings;
import ballot.cli.run.RunOnce;
import ballot.cli.run.RunOnceRequest;
import ballot.cli.settings.BackendChoice;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.RunOnceSettings;
import ballot.engine.core.Rules;
import ballot.engine.core.Timings;
import java.util.Locale;
import java.util.Optional;

/** Runs a command under an election: what {@code run once} and {@code run cron} have in common. */
final class CommandRun {

  private final Surroundings here;
  private final RunOnce runner;
  private final Start start;

  CommandRun(Surroundings here, RunOnce runner, Start start) {
    this.here = here;
    this.runner = runner;
    this.start = start;
  }

  /**
   * Hands everything over, and opens the log for as long as it takes.
   *
   * @param onSuccess what follows work that ended well
   * @param onError what follows work that did not
   * @param cron when to run; empty runs once
   */
  int call(Rules.Reaction onSuccess, Rules.Reaction onError, Optional<CronPlan> cron)
      throws StoreException {
    EffectiveSettings settings = start.settings();
    ElectionBackend backend = new BackendChoice(settings, start.plugins().backends()).backend();
    boolean wraps = settings.get(RunOnceSettings.WRAP_CHILD_LOGS);
    Candidate candidate = Standing.candidate(here, settings);
    Rules rules =
        new Rules(
            onSuccess,
            onError,
            Rules.ElectionFailure.valueOf(
                constant(settings.get(RunOnceSettings.ON_ELECTION_FAILURE))),
            Rules.LeaseLoss.valueOf(constant(settings.get(RunOnceSettings.ON_LEASE_LOSS))),
            RunOnceSettings.longestWait(settings.get(RunOnceSettings.WAIT)),
            Timings.of(
                settings.get(RunOnceSettings.STOP_TIMEOUT),
                settings.get(RunOnceSettings.RERUN_DELAY)));
    try (Log log = Logs.open(here, start, wraps)) {
      SystemLoggers.open(log);
      start.file().ifPresent(file -> log.write(LogLevel.INFO, "settings are read from " + file));
      return runner.run(
          new RunOnceRequest(
              backend,
              settings,
              new ElectionName(settings.get(GeneralSettings.ELECTION)),
              candidate,
              rules,
              wraps,
              start.arguments(),
              CommandEnvironment.of(here, settings, backend.name()),
              here.workingFolder(),
              cron,
              log));
    } finally {
      SystemLoggers.close();
    }
  }

  /** The words of the settings are those of the rules. */
  static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

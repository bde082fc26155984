package ballot.cli.commands;

import ballot.api.Candidate;
import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.api.Setting;
import ballot.api.StoreException;
import ballot.cli.logging.Log;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.SystemLoggers;
import ballot.cli.process.Refusal;
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

/** {@code ballot run once}: checks what was asked for and hands it over. */
public final class RunOnceCommand implements Command {

  private final Surroundings here;
  private final RunOnce runner;

  /** With what runs the command. */
  public RunOnceCommand(Surroundings here, RunOnce runner) {
    this.here = here;
    this.runner = runner;
  }

  @Override
  public int call(Start start) throws StoreException {
    if (start.arguments().isEmpty()) {
      throw Refusal.usage(
          "no command to run: write it after the options, as in 'ballot run once -- echo hello'");
    }
    EffectiveSettings settings = start.settings();
    settings.refuseWhatIsNotHere(Verb.RUN_ONCE.words());
    ElectionBackend backend = new BackendChoice(settings, start.plugins().backends()).backend();
    boolean wraps = settings.get(RunOnceSettings.WRAP_CHILD_LOGS);
    Candidate candidate = Standing.candidate(here, settings);
    Rules rules = rules(settings);
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
              log));
    } finally {
      SystemLoggers.close();
    }
  }

  private static Rules rules(EffectiveSettings settings) {
    return new Rules(
        Rules.Reaction.valueOf(constant(settings, RunOnceSettings.ON_CHILD_SUCCESS)),
        Rules.Reaction.valueOf(constant(settings, RunOnceSettings.ON_CHILD_ERROR)),
        Rules.ElectionFailure.valueOf(constant(settings, RunOnceSettings.ON_ELECTION_FAILURE)),
        Rules.LeaseLoss.valueOf(constant(settings, RunOnceSettings.ON_LEASE_LOSS)),
        RunOnceSettings.longestWait(settings.get(RunOnceSettings.WAIT)),
        Timings.of(
            settings.get(RunOnceSettings.STOP_TIMEOUT), settings.get(RunOnceSettings.RERUN_DELAY)));
  }

  /** The words of the settings are those of the rules. */
  private static String constant(EffectiveSettings settings, Setting<String> setting) {
    return settings.get(setting).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

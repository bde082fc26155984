package ballot.cli.commands;

import ballot.api.ElectionBackend;
import ballot.api.StoreException;
import ballot.cli.logging.Log;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.LogPlan;
import ballot.cli.logging.SystemLoggers;
import ballot.cli.process.Surroundings;
import ballot.cli.services.HookKinds;
import ballot.cli.services.RunServices;
import ballot.cli.services.ServicePlan;
import ballot.cli.services.ServicesRequest;
import ballot.cli.settings.BackendChoice;
import ballot.cli.settings.EffectiveSettings;
import java.util.List;
import java.util.function.Supplier;

/** {@code ballot run}: checks what was asked for and hands it over. */
public final class RunCommand implements Command {

  /** As ncode/ballot and trailmix/consul-leader have it, whose settings choose nothing. */
  private static final String USUAL_BACKEND = "consul";

  private final Surroundings here;
  private final RunServices runner;
  private final Supplier<Start> anew;

  /**
   * With what stands for the services.
   *
   * @param anew reads the same command line, environment and files once more
   */
  public RunCommand(Surroundings here, RunServices runner, Supplier<Start> anew) {
    this.here = here;
    this.runner = runner;
    this.anew = anew;
  }

  @Override
  public int call(Start start) throws StoreException {
    EffectiveSettings settings = start.settings();
    settings.refuseWhatIsNotHere(Verb.RUN.words());
    ElectionBackend backend =
        new BackendChoice(settings, start.plugins().backends()).backendOr(USUAL_BACKEND);
    HookKinds hooks =
        new HookKinds(
            start.plugins().hooks(), CommandEnvironment.of(here, settings, backend.name()));
    List<ServicePlan> services = hooks.plans(settings);
    try (Log log = Logs.open(here, start, true, LogPlan.Format.JSON)) {
      SystemLoggers.open(log);
      start.file().ifPresent(file -> log.write(LogLevel.INFO, "settings are read from " + file));
      return runner.run(
          new ServicesRequest(
              backend,
              settings,
              Standing.candidate(here, settings),
              services,
              () -> readAnew(start, hooks, log),
              log));
    } finally {
      SystemLoggers.close();
    }
  }

  private List<ServicePlan> readAnew(Start before, HookKinds hooks, Log log) {
    Start now = anew.get();
    before.redaction().learn(now.redaction());
    now.warnings().tell().forEach(warning -> log.write(LogLevel.WARN, warning));
    now.settings().refuseWhatIsNotHere(Verb.RUN.words());
    List<ServicePlan> services = hooks.plans(now.settings());
    List<String> others = now.settings().differences(before.settings());
    if (!others.isEmpty()) {
      log.write(
          LogLevel.WARN,
          String.join(", ", others)
              + ": changed, but only what concerns services is read anew; restart for the rest");
    }
    return services;
  }
}

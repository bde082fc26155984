package ballot.cli.services;

import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.ServiceRegistry;
import ballot.api.StoreException;
import ballot.cli.logging.LogLevel;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import ballot.cli.settings.StoreFailures;
import ballot.engine.ElectionLoop;
import ballot.exec.CommandSignal;
import ballot.exec.SignalRelay;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Connects the engine, a store that knows services, and hooks: {@code run} as it really runs. */
public final class ServicesProgram implements RunServices {

  /** TERM and INT mean to leave in order, a second one at once; HUP to read the settings anew. */
  @Override
  public int run(ServicesRequest request) throws StoreException {
    try (ElectionStore store =
        StoreFailures.named(request.settings(), () -> request.backend().open(request.settings()))) {
      if (!(store instanceof ServiceRegistry registry)) {
        throw Refusal.configuration(
            "backend "
                + request.backend().name()
                + " knows no services: 'ballot run' needs one that does, such as consul; 'ballot"
                + " run once' runs a command on any");
      }
      return run(request, registry);
    }
  }

  private static int run(ServicesRequest request, ServiceRegistry registry)
      throws RejectedException {
    try (ElectionLoop loop = new ElectionLoop();
        ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().name("ballot-looks").daemon(true).unstarted(task))) {
      ServicesFloor floor =
          new ServicesFloor(
              registry,
              request.backend().name(),
              request.candidate(),
              loop,
              askers,
              timer,
              request.log());
      ServicesRun services = new ServicesRun(floor);
      services.change(request.services());
      try (SignalRelay relay =
          SignalRelay.install(
              EnumSet.of(CommandSignal.TERM, CommandSignal.INT, CommandSignal.HUP),
              (signal, count) -> signalled(signal, services, request))) {
        services.over().join();
      }
      timer.shutdownNow();
    }
    return ExitCode.SUCCESS.status();
  }

  private static void signalled(
      CommandSignal signal, ServicesRun services, ServicesRequest request) {
    if (signal == CommandSignal.HUP) {
      reload(services, request);
    } else {
      request.log().write(LogLevel.INFO, "told to leave by SIG" + signal);
      services.leaveAll(signal.number());
    }
  }

  private static void reload(ServicesRun services, ServicesRequest request) {
    request.log().write(LogLevel.INFO, "SIGHUP: reading the settings anew");
    try {
      services.change(request.anew().get());
    } catch (RejectedException | RuntimeException refused) {
      String why =
          refused instanceof Refusal refusal
              ? refusal.line()
              : String.valueOf(refused.getMessage());
      request
          .log()
          .write(LogLevel.ERROR, "the new settings are refused, the old ones stay: " + why);
    }
  }
}

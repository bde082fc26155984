package ballot.cli.fence;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import ballot.cli.run.Executable;
import ballot.exec.CommandEnd;
import ballot.exec.CommandOutput;
import ballot.exec.CommandSignal;
import ballot.exec.CommandSpec;
import ballot.exec.Commands;
import ballot.exec.Deadline;
import ballot.exec.FormerCommand;
import ballot.exec.GuardListener;
import ballot.exec.RunningCommand;
import ballot.exec.Shell;
import ballot.exec.SignalRelay;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A command under a fence as it really runs: the lock is held from before the token is compared
 * until nothing of the command is left.
 */
public final class FencedRun implements RunFenced {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private static final Set<CommandSignal> SIGNALS =
      EnumSet.of(
          CommandSignal.TERM,
          CommandSignal.INT,
          CommandSignal.HUP,
          CommandSignal.USR1,
          CommandSignal.USR2);

  @Override
  public int run(FenceRequest request) {
    Executable.refuseUnlessThere(request.command(), request.environment());
    FencePlace place = FencePlace.of(request.file());
    TokenFile seen = new TokenFile(place);
    // Before anything is waited for: who is too old now will be so then.
    OptionalLong before = refuseOld(seen, request);
    try (FenceLock lock = FenceLock.take(place, request.longestWait());
        Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {})) {
      before = refuseOld(seen, request);
      if (before.isEmpty() || before.getAsLong() < request.token()) {
        seen.write(request.token());
      }
      endFormer(place);
      int status = run(request, place, commands);
      Files.deleteIfExists(place.running());
      return status;
    } catch (IOException failure) {
      throw FencePlace.unusable("keep the record", place.running(), failure);
    }
  }

  private static OptionalLong refuseOld(TokenFile file, FenceRequest request) {
    OptionalLong seen = file.read();
    if (seen.isPresent() && request.token() < seen.getAsLong()) {
      throw new Refusal(
          ExitCode.HELD,
          ("token %d is older than %d, the highest that %s has seen: another leader was elected"
                  + " since, and the command was not run")
              .formatted(request.token(), seen.getAsLong(), FencePlace.shown(request.file())));
    }
    return seen;
  }

  /** The lock of a ballot that was killed is free before all of its command is gone. */
  private static void endFormer(FencePlace place) throws IOException {
    if (!FormerCommand.end(place.running())) {
      throw new Refusal(
          ExitCode.HELD,
          "what runs under %s since an earlier call cannot be ended"
              .formatted(FencePlace.shown(place.file())));
    }
    FormerCommand.record(place.running());
  }

  private static int run(FenceRequest request, FencePlace place, Commands commands) {
    CommandSpec spec =
        new CommandSpec(
            request.command(),
            request.environment(),
            name -> !request.environment().containsKey(name),
            new CommandOutput.Inherited(),
            STOP_TIMEOUT,
            place.running());
    CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    RunningCommand running = commands.start(spec, Deadline.NEVER, end::complete);
    try (SignalRelay relay =
        SignalRelay.install(SIGNALS, (signal, count) -> passOn(running, signal, count))) {
      return status(end.join());
    }
  }

  /** As under an election: the second time that it is asked to end, it is. */
  private static void passOn(RunningCommand running, CommandSignal signal, int count) {
    switch (signal) {
      case TERM, INT -> {
        if (count > 1) {
          running.kill();
        } else {
          running.terminate(signal);
        }
      }
      case HUP, QUIT, USR1, USR2 -> running.signal(signal);
    }
  }

  private static int status(CommandEnd end) {
    return switch (end) {
      case CommandEnd.Exited exited -> exited.status();
      case CommandEnd.NotStarted not when not.reason() == CommandEnd.Reason.CANCELLED ->
          128 + CommandSignal.TERM.number();
      case CommandEnd.NotStarted not ->
          throw new Refusal(
              ExitCode.NOT_EXECUTABLE, "the command was not started: " + not.message());
    };
  }
}

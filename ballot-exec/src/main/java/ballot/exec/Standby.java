package ballot.exec;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A wrapper that is made before anybody orders its command. Either taken or dismissed, once. */
final class Standby {

  private static final Logger LOG = System.getLogger(Standby.class.getName());

  private static final Duration GUARD_WITHIN = Duration.ofSeconds(10);

  private final long run;
  private final CommandSpec spec;
  private final CompletableFuture<Wrapper> made = new CompletableFuture<>();

  Standby(long run, CommandSpec spec) {
    this.run = run;
    this.spec = spec;
  }

  /** The number of the run that it is for. */
  long run() {
    return run;
  }

  /** Makes it, on a thread of its own. */
  void begin(Commands.Workshop workshop) {
    try {
      Thread.ofPlatform().daemon().name("ballot-standby-" + run).start(() -> make(workshop));
    } catch (OutOfMemoryError noThread) {
      made.completeExceptionally(noThread);
    }
  }

  private void make(Commands.Workshop workshop) {
    try {
      GuardProcess guard = workshop.guardWithin(GUARD_WITHIN);
      made.complete(Wrapper.launch(spec, run, Deadline.NEVER, guard, workshop.table()));
    } catch (InterruptedException
        | ExecutionException
        | TimeoutException
        | IOException
        | RuntimeException
        | OutOfMemoryError impossible) {
      LOG.log(Level.DEBUG, "nothing stands by: {0}", impossible.getMessage());
      made.completeExceptionally(impossible);
    }
  }

  /** Whether it can become that command. */
  boolean isFor(CommandSpec other) {
    return other.output() instanceof CommandOutput.Relayed
        && spec.argv().equals(other.argv())
        && Objects.equals(spec.workRecord(), other.workRecord())
        && Wrapper.difference(spec.variables(), other.variables()).isPresent();
  }

  /** The wrapper, unless there is none, or it has ended, or knows another guard. */
  Optional<Wrapper> take(GuardProcess guard, ProcessTable table) throws InterruptedException {
    try {
      Wrapper wrapper = made.get(GUARD_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      if (wrapper.guard() == guard && wrapper.launch().isAlive(table)) {
        return Optional.of(wrapper);
      }
      wrapper.dismiss();
    } catch (ExecutionException | TimeoutException none) {
      dismiss();
    }
    return Optional.empty();
  }

  /** Ends it, as soon as it is made. */
  void dismiss() {
    var unused = made.thenAccept(Wrapper::dismiss);
  }
}

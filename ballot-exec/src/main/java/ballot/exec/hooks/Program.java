package ballot.exec.hooks;

import static ballot.exec.hooks.Outcomes.failed;
import static ballot.exec.hooks.Outcomes.succeeded;

import ballot.api.Hook;
import ballot.api.HookOutcome;
import ballot.exec.LineSink;
import ballot.exec.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.zeroturnaround.exec.MessageLogger;
import org.zeroturnaround.exec.ProcessExecutor;
import org.zeroturnaround.exec.StartedProcess;
import org.zeroturnaround.exec.stop.NopProcessStopper;

/** A program while it runs as a hook. Used by one thread. */
final class Program {

  private static final AtomicLong COUNT = new AtomicLong();

  /** What the library would log has the whole environment in it. */
  private static final MessageLogger SILENT = (log, format, arguments) -> {};

  private final StartedProcess started;
  private final Session session;

  private Program(StartedProcess started, Session session) {
    this.started = started;
    this.session = session;
  }

  /** Loads what starting takes, so that the first hook is as fast as the others. */
  static void getReady() {
    ProcessExecutor unused = executor(Session.words(List.of()), Map.of());
  }

  /**
   * Starts it; it waits until it is attended to.
   *
   * @throws IOException if it cannot be started; its own message may hold the environment, that of
   *     its deepest cause does not
   */
  static Program start(List<String> words, Map<String, String> environment, LineSink sink)
      throws IOException {
    List<String> all = new ArrayList<>(Session.words(environment.keySet()));
    all.addAll(words);
    StartedProcess started = executor(all, environment).start();
    String name = "hook-" + COUNT.incrementAndGet();
    return new Program(started, Session.of(name, started.getProcess(), sink));
  }

  private static ProcessExecutor executor(List<String> words, Map<String, String> environment) {
    return new ProcessExecutor(words)
        .environment(changes(environment))
        .redirectErrorStream(false)
        .setMessageLogger(SILENT)
        // Output is read and processes are ended by their session, which reaches grandchildren too.
        .streams(null)
        .stopper(NopProcessStopper.INSTANCE);
  }

  /** What makes our environment that one; null takes a variable away. */
  private static Map<String, @Nullable String> changes(Map<String, String> environment) {
    Map<String, @Nullable String> changes = new HashMap<>();
    System.getenv().keySet().forEach(name -> changes.put(name, null));
    changes.putAll(environment);
    return changes;
  }

  /**
   * Lets it run, waits, ends what is there at the end of the limit.
   *
   * @param begun when the limit began, on the clock of System.nanoTime
   */
  HookOutcome attend(long begun, Duration limit) {
    session.go();
    int status = -1;
    @Nullable String trouble = null;
    boolean interrupted = false;
    try {
      long left = begun + limit.toNanos() - System.nanoTime();
      status = started.getFuture().get(left, TimeUnit.NANOSECONDS).getExitValue();
    } catch (TimeoutException late) {
      trouble = "still running after " + Outcomes.text(limit);
    } catch (InterruptedException told) {
      trouble = "interrupted";
      interrupted = true;
    } catch (ExecutionException failure) {
      trouble = "its end could not be seen: " + Outcomes.reason(failure);
    }
    Session.Rest rest = session.end(Hook.GRACE);
    if (isInterruptedWhileSettling() || interrupted) {
      Thread.currentThread().interrupt();
    }
    return trouble == null ? exited(status, rest) : failed(trouble + ending(rest));
  }

  private boolean isInterruptedWhileSettling() {
    try {
      session.settle();
      return false;
    } catch (InterruptedException noTimeForIt) {
      return true;
    }
  }

  private static HookOutcome exited(int status, Session.Rest rest) {
    String message = "status " + status;
    if (rest.found() > 0) {
      message +=
          rest.found() == 1
              ? "; a process that it left behind was ended"
              : "; %d processes that it left behind were ended".formatted(rest.found());
    }
    if (rest.left() > 0) {
      message += ending(rest);
    }
    return status == 0 ? succeeded(message) : failed(message);
  }

  private static String ending(Session.Rest rest) {
    return rest.left() == 0
        ? "; ended"
        : "; %d of its processes cannot be ended".formatted(rest.left());
  }
}

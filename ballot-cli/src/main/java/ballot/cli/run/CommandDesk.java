package ballot.cli.run;

import ballot.api.Term;
import ballot.cli.process.ExitCode;
import ballot.engine.Chronicle;
import ballot.engine.core.Effect.Level;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Moment;
import ballot.exec.CommandEnd;
import ballot.exec.CommandListener;
import ballot.exec.CommandSignal;
import ballot.exec.CommandSpec;
import ballot.exec.Commands;
import ballot.exec.Deadline;
import ballot.exec.RunningCommand;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs commands for whoever has work to do: each under a number, until a deadline that can be put
 * off. Safe for use by many threads; orders for a run that is over are ignored.
 */
public final class CommandDesk {

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;

  private final Commands commands;
  private final Chronicle chronicle;
  private final Map<Long, RunningCommand> running = new ConcurrentHashMap<>();
  private volatile Runnable interrupted = () -> {};

  /** What becomes of a run, told on any thread. */
  public interface Watcher {

    /** Its command has begun. At most once, and before the end. */
    default void started() {}

    /**
     * Everything of it is gone, or it could not be started. Exactly once.
     *
     * @param executed whether its command was executed
     */
    void ended(Outcome outcome, boolean executed);
  }

  /**
   * With what starts commands.
   *
   * @param chronicle where their story goes
   */
  public CommandDesk(Commands commands, Chronicle chronicle) {
    this.commands = commands;
    this.chronicle = chronicle;
  }

  /**
   * Starts a command.
   *
   * @param run its number, which no other has here
   * @param term the term it runs under; empty when it runs without leadership
   * @param killAt when the guard ends it, unless that is put off
   */
  public void start(
      long run, Optional<Term> term, Moment killAt, CommandSpec spec, Watcher watcher) {
    Report report = new Report(run, term, watcher);
    tellDeadline(killAt, term);
    RunningCommand command = commands.start(spec, deadline(killAt), report);
    running.put(run, command);
    if (report.isOver()) {
      running.remove(run);
    }
  }

  /** Makes ready for a command that may soon be started. */
  public void prepare(CommandSpec spec) {
    commands.prepare(spec);
  }

  /** Nothing will be started soon. */
  public void unprepare() {
    commands.unprepare();
  }

  /** The run may go on until then. */
  public void extend(long run, Moment killAt) {
    find(
        run,
        command -> {
          tellDeadline(killAt, Optional.empty());
          command.extend(deadline(killAt));
        });
  }

  /** Every run may go on until then. */
  public void extendAll(Moment killAt) {
    if (!running.isEmpty()) {
      tellDeadline(killAt, Optional.empty());
    }
    Deadline deadline = deadline(killAt);
    running.values().forEach(command -> command.extend(deadline));
  }

  /** Asks a run to end, with this signal. */
  public void stop(long run, int signal) {
    CommandSignal asked = CommandSignal.ofNumber(signal).orElse(CommandSignal.TERM);
    find(run, command -> command.terminate(asked));
  }

  /** Ends a run now. */
  public void kill(long run) {
    find(run, RunningCommand::kill);
  }

  /** What to do, before its end is told, when a command dies of SIGINT. */
  public void whenInterrupted(Runnable action) {
    interrupted = action;
  }

  /** Passes a signal on to whatever is running. Any thread. */
  public void passOn(CommandSignal signal) {
    running.values().forEach(command -> command.signal(signal));
  }

  /** Whether a command is running, or about to. Any thread. */
  public boolean isRunning() {
    return !running.isEmpty();
  }

  /** For whoever compares it with what they saw: said before the guard is told. */
  private void tellDeadline(Moment killAt, Optional<Term> term) {
    if (!killAt.equals(Moment.NEVER)) {
      long millis = killAt.nanos() / 1_000_000;
      chronicle.tell(
          Level.DEBUG,
          "unless told otherwise, the guard kills at " + millis + " ms of uptime",
          term);
    }
  }

  private void find(long run, Consumer<RunningCommand> action) {
    RunningCommand command = running.get(run);
    if (command != null) {
      action.accept(command);
    }
  }

  private static Deadline deadline(Moment moment) {
    return moment.equals(Moment.NEVER) ? Deadline.NEVER : Deadline.atNanos(moment.nanos());
  }

  /** What a command counts as that was not executed. */
  private static int status(CommandEnd.Reason reason) {
    return switch (reason) {
      case CANCELLED -> SIGNALLED + CommandSignal.TERM.number();
      case LATE -> SIGNALLED + SIGKILL;
      case UNGUARDED, UNRECORDED, FAILED -> ExitCode.NOT_EXECUTABLE.status();
    };
  }

  /** Hears how it goes with one command, and tells. */
  private final class Report implements CommandListener {

    private final long run;
    private final Optional<Term> term;
    private final Watcher watcher;
    private final long began = System.nanoTime();
    private volatile boolean over;

    Report(long run, Optional<Term> term, Watcher watcher) {
      this.run = run;
      this.term = term;
      this.watcher = watcher;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public void started(long pid) {
      chronicle.tell(Level.INFO, "command started: pid " + pid, term);
      watcher.started();
    }

    @Override
    public void ended(CommandEnd end) {
      over = true;
      running.remove(run);
      Outcome outcome = outcome(end);
      chronicle.tell(outcome.isSuccess() ? Level.INFO : Level.WARN, outcome.message(), term);
      if (end instanceof CommandEnd.Exited exited
          && exited.signal().equals(Optional.of(CommandSignal.INT))) {
        interrupted.run();
      }
      watcher.ended(outcome, end instanceof CommandEnd.Exited);
    }

    private Outcome outcome(CommandEnd end) {
      return switch (end) {
        case CommandEnd.Exited exited ->
            new Outcome(exited.status(), describe(exited), exited.overdue());
        case CommandEnd.NotStarted not ->
            new Outcome(
                status(not.reason()),
                "command not started: " + not.message(),
                not.reason() == CommandEnd.Reason.LATE);
      };
    }

    private String describe(CommandEnd.Exited exited) {
      StringBuilder text = new StringBuilder("command ended: status " + exited.status());
      exited.signalName().ifPresent(signal -> text.append(" (SIG").append(signal).append(')'));
      long tenths = (System.nanoTime() - began + 50_000_000) / 100_000_000;
      text.append(" after ").append(tenths / 10).append('.').append(tenths % 10).append(" s");
      if (exited.leftovers() > 0) {
        text.append("; ended ")
            .append(exited.leftovers() == 1 ? "a process" : exited.leftovers() + " processes")
            .append(" that it left behind");
      }
      if (exited.overdue()) {
        text.append("; killed by the guard at its deadline");
      }
      return text.toString();
    }
  }
}

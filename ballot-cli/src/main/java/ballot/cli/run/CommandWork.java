package ballot.cli.run;

import ballot.cli.process.ExitCode;
import ballot.engine.Chronicle;
import ballot.engine.Work;
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
import java.util.function.Function;

/** The work of {@code run once}: a command, started when elected and ended when not. */
final class CommandWork implements Work {

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;

  private final Commands commands;
  private final Function<Order, CommandSpec> specs;
  private final Chronicle chronicle;
  private final Map<Long, RunningCommand> running = new ConcurrentHashMap<>();
  private volatile Runnable interrupted = () -> {};

  /**
   * Makes the work.
   *
   * @param specs what to run under an order
   */
  CommandWork(Commands commands, Function<Order, CommandSpec> specs, Chronicle chronicle) {
    this.commands = commands;
    this.specs = specs;
    this.chronicle = chronicle;
  }

  @Override
  public void start(Order order, Ended ended) {
    Report report = new Report(order, ended);
    RunningCommand command = commands.start(specs.apply(order), deadline(order.killAt()), report);
    running.put(order.run(), command);
    if (report.isOver()) {
      running.remove(order.run());
    }
  }

  @Override
  public void extend(long run, Moment killAt) {
    find(run, command -> command.extend(deadline(killAt)));
  }

  @Override
  public void stop(long run, int signal) {
    CommandSignal asked = CommandSignal.ofNumber(signal).orElse(CommandSignal.TERM);
    find(run, command -> command.terminate(asked));
  }

  @Override
  public void kill(long run) {
    find(run, RunningCommand::kill);
  }

  /** What to do, before its end is told, when a command dies of SIGINT. */
  void whenInterrupted(Runnable action) {
    interrupted = action;
  }

  /** Passes a signal on to whatever is running. Any thread. */
  void passOn(CommandSignal signal) {
    running.values().forEach(command -> command.signal(signal));
  }

  /** Whether a command is running, or about to. Any thread. */
  boolean isRunning() {
    return !running.isEmpty();
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

    private final Order order;
    private final Ended ended;
    private final long began = System.nanoTime();
    private volatile boolean over;

    Report(Order order, Ended ended) {
      this.order = order;
      this.ended = ended;
    }

    boolean isOver() {
      return over;
    }

    @Override
    public void started(long pid) {
      chronicle.tell(Level.INFO, "command started: pid " + pid, order.term());
    }

    @Override
    public void ended(CommandEnd end) {
      over = true;
      running.remove(order.run());
      Outcome outcome = outcome(end);
      chronicle.tell(
          outcome.isSuccess() ? Level.INFO : Level.WARN, outcome.message(), order.term());
      if (end instanceof CommandEnd.Exited exited
          && exited.signal().equals(Optional.of(CommandSignal.INT))) {
        interrupted.run();
      }
      ended.ended(outcome);
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
      text.append(" after %.1f s".formatted((System.nanoTime() - began) / 1e9));
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

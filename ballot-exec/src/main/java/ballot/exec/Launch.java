package ballot.exec;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wrapper on its way to become a command.
 *
 * @param process the wrapper; for a job the shell that controls it
 * @param before how process numbers were given out before it was made
 * @param isJob whether the command will be a foreground job of our terminal
 * @param mark what marks the processes of a job
 */
record Launch(Process process, Numbering before, boolean isJob, String mark) {

  private static final String SCRIPT = Script.read("wrapper.sh");

  /** Carries the script, so that a list of processes shows what is run and not how. */
  private static final String SCRIPT_VARIABLE = "BALLOT_RUN_WRAPPER";

  /**
   * Makes the process. It goes on by itself, except that a relayed command waits until it is told
   * its deadline.
   *
   * @throws IOException if the process cannot be made
   */
  static Launch of(
      CommandSpec spec, long run, Deadline deadline, GuardProcess guard, ProcessTable table)
      throws IOException {
    boolean inherits = spec.output() instanceof CommandOutput.Inherited;
    Terminal terminal = inherits ? Terminal.now(table) : Terminal.NONE;
    boolean isJob = terminal == Terminal.FOREGROUND;
    String mark = mark(run, table);

    ProcessBuilder builder = new ProcessBuilder();
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(spec.variables());
    environment.put(SCRIPT_VARIABLE, SCRIPT);

    List<String> words = isJob ? new ArrayList<>() : new ArrayList<>(Shell.newSession());
    words.addAll(Shell.forCommand(environment.keySet()).words());
    words.addAll(
        List.of(
            "-c",
            "eval \"$" + SCRIPT_VARIABLE + "\"",
            "ballot-run",
            isJob ? "job" : "run",
            Long.toString(guard.pid()),
            Long.toString(guard.start()),
            Long.toString(ProcessHandle.current().pid()),
            Long.toString(run),
            inherits ? deadline.word() : "ask",
            Optional.ofNullable(spec.workRecord()).map(Path::toString).orElse(""),
            mark));
    words.addAll(spec.argv());
    builder.command(words);
    if (inherits) {
      builder.inheritIO();
    }
    if (terminal == Terminal.BACKGROUND) {
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    }
    Numbering before = Numbering.now();
    return new Launch(Descriptors.start(builder), before, isJob, mark);
  }

  /**
   * The processes of the command.
   *
   * @return nothing for a job that has not begun, or is over
   */
  Optional<Kin> kin(ProcessTable table) {
    return isJob
        ? table
            .look(one -> one.parent() == process.pid() && one.group() == one.pid())
            .flatMap(look -> look.alive().stream().findFirst())
            .map(leader -> job(leader.pid(), table))
        : Optional.of(new Kin.Session(process.pid(), startOf(process.pid(), table), before));
  }

  /** Whether it is there: Java hears of an end a little later than others can see it. */
  boolean isAlive(ProcessTable table) {
    return process.isAlive() && table.find(process.pid()).filter(ProcessStat::isAlive).isPresent();
  }

  /** The processes of a job whose first process is known. */
  Kin job(long leader, ProcessTable table) {
    long session = table.self().map(ProcessStat::session).orElse(0L);
    return new Kin.Job(leader, startOf(leader, table), session, mark);
  }

  /**
   * When a process started; 0, which none has, if it is gone: whoever has its number is another.
   */
  private static long startOf(long pid, ProcessTable table) {
    return table.find(pid).map(ProcessStat::start).orElse(0L);
  }

  /**
   * No other process of this machine's uptime has the same: a pid and a start name one for good.
   */
  private static String mark(long run, ProcessTable table) {
    long start = table.self().map(ProcessStat::start).orElse(0L);
    return "%d-%d-%d.".formatted(ProcessHandle.current().pid(), start, run);
  }
}

package ballot.exec;

/**
 * Hears how it goes with one command, on a thread of that command. What it throws is logged and
 * otherwise ignored.
 */
public interface CommandListener {

  /**
   * The command is known to the guard and about to be executed. Called at most once, before {@link
   * #ended}.
   *
   * @param pid the command's process
   */
  default void started(long pid) {}

  /**
   * The command is gone: every process of its session, or it was never started. Called exactly
   * once, unless ballot itself ends first. Not called while a single process may be alive, however
   * long that takes. The sink has been told all lines, unless it took too long.
   */
  void ended(CommandEnd end);
}

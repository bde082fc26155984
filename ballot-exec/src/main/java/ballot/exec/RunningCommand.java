package ballot.exec;

/**
 * A command that has been started, or soon will be. Its methods return at once, may be called by
 * any thread and in any state, and do nothing once the command is gone.
 */
public interface RunningCommand {

  /** It may go on until then: the guard kills it at that moment unless told otherwise. */
  void extend(Deadline deadline);

  /** Passes a signal on to the command's process group. */
  void signal(CommandSignal signal);

  /**
   * Asks every process of the command to end, with this signal to their groups, and wakes those
   * that were stopped, so that they hear it. A command that has not been executed yet never will
   * be.
   */
  void terminate(CommandSignal signal);

  /** Ends every process of the command now, and keeps at it until none is left. */
  void kill();
}

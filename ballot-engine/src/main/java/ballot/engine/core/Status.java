package ballot.engine.core;

/** The exit statuses that an election itself can end with. */
final class Status {

  /** The store was never reached, or a policy says to end without it. */
  static final int STORE_UNREACHABLE = 69;

  /** Held by another when the wait was over. */
  static final int HELD_BY_ANOTHER = 75;

  /** The store refused from the start. */
  static final int CONFIGURATION = 78;

  /** Leadership was lost and a policy ended the run. */
  static final int LEADERSHIP_LOST = 79;

  /** For ignored outcomes. */
  static final int SUCCESS = 0;

  private static final int SIGNALLED = 128;

  private Status() {}

  static int ofSignal(int signal) {
    return SIGNALLED + signal;
  }
}

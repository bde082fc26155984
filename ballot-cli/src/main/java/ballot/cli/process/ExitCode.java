package ballot.cli.process;

/** Every status that this program ends with by itself; a command's own status is passed on. */
public enum ExitCode {
  /** All went well. */
  SUCCESS(0, "all went well"),
  /** {@code info --exit-code} saw no leader. */
  NO_LEADER(3, "info --exit-code: nobody leads"),
  /** The command line is wrong. */
  USAGE(64, "the command line is wrong"),
  /** The store could not be reached. */
  UNAVAILABLE(69, "the store cannot be reached"),
  /** The program is wrong. */
  FAULT(70, "a fault of ours"),
  /** What was asked for could not be printed. */
  OUTPUT(74, "the output cannot be written"),
  /** Another one led until the wait was over. */
  HELD(75, "another one led until --wait was over"),
  /** A setting from elsewhere than the command line is wrong, or the store refused. */
  CONFIGURATION(78, "a setting in the environment or a file is wrong, or the store refused"),
  /** Leadership was lost, and a policy says to end then. */
  LEADERSHIP_LOST(79, "leadership was lost, and a policy says to end then"),
  /** The command cannot be executed. */
  NOT_EXECUTABLE(126, "the command cannot be executed"),
  /** There is no such command. */
  NOT_FOUND(127, "there is no such command");

  private final int status;
  private final String meaning;

  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The number that the caller's shell sees. */
  public int status() {
    return status;
  }

  /** What it means, for people: a clause without a full stop. */
  public String meaning() {
    return meaning;
  }
}

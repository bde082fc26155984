package ballot.cli.process;

/**
 * The end of a start that cannot go on: an exit status, and one line for the person who has to act.
 *
 * <p>The line says what is wrong, where it was said, what is allowed and what to do. It holds no
 * secret; whoever prints it still takes out the values of secrets that are known by then.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  /** With a status and a line. */
  public Refusal(ExitCode code, String line) {
    super(line, null, false, false);
    this.code = code;
  }

  /** The command line is wrong. */
  public static Refusal usage(String line) {
    return new Refusal(ExitCode.USAGE, line);
  }

  /** A setting is wrong that did not come from the command line. */
  public static Refusal configuration(String line) {
    return new Refusal(ExitCode.CONFIGURATION, line);
  }

  /** The status to end with. */
  public ExitCode code() {
    return code;
  }

  /** The line, never null. */
  public String line() {
    return String.valueOf(getMessage());
  }
}

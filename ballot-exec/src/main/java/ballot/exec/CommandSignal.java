package ballot.exec;

import java.util.Optional;

/** The signals that are passed on to a command, with their numbers on Linux. */
public enum CommandSignal {
  /** The terminal went away, or: read your configuration again. */
  HUP(1),
  /** Ctrl-C. */
  INT(2),
  /** Ctrl-\. */
  QUIT(3),
  /** Whatever the command makes of it. */
  USR1(10),
  /** Whatever the command makes of it. */
  USR2(12),
  /** Please end. */
  TERM(15);

  private final int number;

  CommandSignal(int number) {
    this.number = number;
  }

  /** The signal's number. */
  public int number() {
    return number;
  }

  /** The signal of that number, if it is one of these. */
  public static Optional<CommandSignal> ofNumber(int number) {
    for (CommandSignal signal : values()) {
      if (signal.number == number) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}

package ballot.exec;

import java.util.Optional;

/** How it went with a command. */
public sealed interface CommandEnd {

  /**
   * The command was executed, and every process of it is gone.
   *
   * @param status its exit status; 128+n when signal n killed it. The two cannot be told apart:
   *     {@code exit 143} and death by SIGTERM look the same
   * @param leftovers how many processes it had left behind, which were then ended
   * @param overdue whether the guard killed it, because its deadline had passed without news of us
   */
  record Exited(int status, int leftovers, boolean overdue) implements CommandEnd {

    /** The name of the signal that may have killed it, without {@code SIG}. */
    public Optional<String> signalName() {
      return SignalNames.of(status - 128);
    }

    /** The signal that may have killed it, if it is one that is passed on. */
    public Optional<CommandSignal> signal() {
      return status > 128 ? CommandSignal.ofNumber(status - 128) : Optional.empty();
    }
  }

  /**
   * The command was not executed, and nothing is left of the attempt.
   *
   * @param message for a person
   */
  record NotStarted(Reason reason, String message) implements CommandEnd {}

  /** Why a command was not executed. */
  enum Reason {
    /** It was told to end before it had begun. */
    CANCELLED,
    /** Its deadline had passed. */
    LATE,
    /** There is no guard, and one could not be started. */
    UNGUARDED,
    /** The work record could not be written. */
    UNRECORDED,
    /** The system could not make a process: no memory, no more processes or descriptors. */
    FAILED
  }
}

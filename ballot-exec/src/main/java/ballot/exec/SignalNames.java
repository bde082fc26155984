package ballot.exec;

import java.util.List;
import java.util.Optional;

/** The names of signals, as Linux numbers them on most machines; see signal(7). */
final class SignalNames {

  private static final List<String> BY_NUMBER =
      List.of(
          ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT"
                  + " STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS")
              .split(" "));

  private SignalNames() {}

  /** The name of a number, without {@code SIG}. */
  static Optional<String> of(int number) {
    return number < 1 || number > BY_NUMBER.size()
        ? Optional.empty()
        : Optional.of(BY_NUMBER.get(number - 1));
  }
}

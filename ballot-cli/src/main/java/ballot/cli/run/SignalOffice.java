package ballot.cli.run;

import ballot.engine.Election;
import ballot.engine.core.Event;
import ballot.exec.CommandSignal;
import ballot.exec.SignalRelay;
import java.util.EnumSet;

/**
 * What signals mean to {@code run once}: TERM and INT mean to leave, a second one at once; the
 * others are the command's, but HUP means to leave too while there is none, since then it is the
 * terminal that went away.
 */
final class SignalOffice {

  private SignalOffice() {}

  static SignalRelay open(Election election, CommandWork work) {
    return SignalRelay.install(
        EnumSet.of(
            CommandSignal.TERM,
            CommandSignal.INT,
            CommandSignal.HUP,
            CommandSignal.USR1,
            CommandSignal.USR2),
        (signal, count) -> {
          if (meansToLeave(signal, work)) {
            election.post(new Event.ToldToLeave(signal.number()));
          } else {
            work.passOn(signal);
          }
        });
  }

  private static boolean meansToLeave(CommandSignal signal, CommandWork work) {
    return switch (signal) {
      case TERM, INT, QUIT -> true;
      case HUP -> !work.isRunning();
      case USR1, USR2 -> false;
    };
  }
}

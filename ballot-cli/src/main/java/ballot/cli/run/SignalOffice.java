package ballot.cli.run;

import ballot.engine.Election;
import ballot.engine.core.Event;
import ballot.exec.CommandSignal;
import ballot.exec.SignalRelay;
import java.util.EnumSet;

/**
 * What signals mean to who runs commands: TERM and INT mean to leave, a second one at once; the
 * others are the command's, but HUP means to leave too while there is none, since then it is the
 * terminal that went away.
 */
final class SignalOffice {

  private SignalOffice() {}

  static SignalRelay open(Election election, CommandDesk desk) {
    return SignalRelay.install(
        EnumSet.of(
            CommandSignal.TERM,
            CommandSignal.INT,
            CommandSignal.HUP,
            CommandSignal.USR1,
            CommandSignal.USR2),
        (signal, count) -> {
          if (meansToLeave(signal, desk)) {
            election.post(new Event.ToldToLeave(signal.number()));
          } else {
            desk.passOn(signal);
          }
        });
  }

  private static boolean meansToLeave(CommandSignal signal, CommandDesk desk) {
    return switch (signal) {
      case TERM, INT, QUIT -> true;
      case HUP -> !desk.isRunning();
      case USR1, USR2 -> false;
    };
  }
}

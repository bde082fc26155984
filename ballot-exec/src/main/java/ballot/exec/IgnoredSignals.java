package ballot.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Which signals this process ignores, as the one that started it wanted. */
final class IgnoredSignals {

  private static final String FIELD = "SigIgn:";

  private IgnoredSignals() {}

  static Set<CommandSignal> ofThisProcess() {
    Set<CommandSignal> ignored = EnumSet.noneOf(CommandSignal.class);
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(FIELD)) {
          long mask = Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16);
          for (CommandSignal signal : CommandSignal.values()) {
            if ((mask >>> (signal.number() - 1) & 1) == 1) {
              ignored.add(signal);
            }
          }
        }
      }
    } catch (IOException notLinux) {
      // Then none is known to be.
    }
    return ignored;
  }
}

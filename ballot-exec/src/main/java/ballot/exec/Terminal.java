package ballot.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** How we stand to our terminal at this moment. */
enum Terminal {
  /** None of our standard streams is our terminal. */
  NONE,
  /** We are in its foreground. */
  FOREGROUND,
  /** Somebody else is in its foreground. */
  BACKGROUND;

  /** The device number of {@code /dev/tty}: one's own terminal, whichever it is. */
  private static final long OWN_TERMINAL = 5 << 8;

  static Terminal now(ProcessTable table) {
    Optional<ProcessStat> self = table.self();
    if (self.isEmpty() || self.get().terminal() == 0) {
      return NONE;
    }
    long device = self.get().terminal();
    if (IntStream.rangeClosed(0, 2).noneMatch(descriptor -> isOn(descriptor, device))) {
      return NONE;
    }
    return self.get().foreground() == self.get().group() ? FOREGROUND : BACKGROUND;
  }

  /** Whether a standard stream of ours is the terminal of that device number. */
  private static boolean isOn(int descriptor, long device) {
    try {
      Object number = Files.getAttribute(Path.of("/proc/self/fd/" + descriptor), "unix:rdev");
      return number instanceof Number own
          && (own.longValue() == device || own.longValue() == OWN_TERMINAL);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException closed) {
      return false;
    }
  }
}

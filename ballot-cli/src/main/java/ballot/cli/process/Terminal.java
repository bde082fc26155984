package ballot.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is known about the place where output is read.
 *
 * @param stdout whether standard output is a terminal
 * @param stderr whether standard error is one
 * @param colours whether a terminal may be sent colours
 * @param columns how wide it is; 80 when unknown
 */
public record Terminal(boolean stdout, boolean stderr, boolean colours, int columns) {

  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;

  /** No terminal: pipes and files. */
  public static final Terminal NONE = new Terminal(false, false, false, USUAL_WIDTH);

  /** Asks the system; {@code NO_COLOR} and {@code TERM=dumb} turn colours off. */
  static Terminal ofThisProcess(Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(isTerminal(1), isTerminal(2), !plain, width(environment));
  }

  /** The names of open files say it without the cost of a native call or a child. */
  private static boolean isTerminal(int descriptor) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
      return target.startsWith("/dev/pts")
          || target.startsWith("/dev/console")
          || target.toString().startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException noSuchSystem) {
      return false;
    }
  }

  private static int width(Map<String, String> environment) {
    try {
      int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
      return columns >= LEAST_WIDTH ? columns : USUAL_WIDTH;
    } catch (NumberFormatException unknown) {
      return USUAL_WIDTH;
    }
  }
}

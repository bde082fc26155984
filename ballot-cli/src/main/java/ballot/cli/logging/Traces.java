package ballot.cli.logging;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Where a fault comes from, as text. */
public final class Traces {

  private Traces() {}

  /** The whole trace, causes included, several lines. */
  public static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    try (PrintWriter writer = new PrintWriter(text)) {
      thrown.printStackTrace(writer);
    }
    return text.toString();
  }
}

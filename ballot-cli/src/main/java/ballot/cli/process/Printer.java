package ballot.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Prints text in UTF-8 and says so when it cannot: a report that is cut off is not a success. */
public final class Printer {

  private final OutputStream stream;

  /** On a stream that is not closed. */
  public Printer(OutputStream stream) {
    this.stream = stream;
  }

  /**
   * Prints and flushes.
   *
   * @throws UncheckedIOException when the stream does not take it
   */
  public void print(String text) {
    try {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}

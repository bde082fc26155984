package ballot.cli.process;

import java.util.ArrayList;
import java.util.List;

/**
 * What a person should know and nobody has told yet: it is told once, by the log when one is
 * opened, else beside the error that kept it from being opened. Used by one thread.
 */
public final class Warnings {

  private final List<String> untold = new ArrayList<>();

  /** Adds a line. */
  public void add(String line) {
    untold.add(OneLine.of(line));
  }

  /** Whatever was not told yet; after this it counts as told. */
  public List<String> tell() {
    List<String> lines = List.copyOf(untold);
    untold.clear();
    return lines;
  }
}

package ballot.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that this process acts as. */
final class Self {

  private static final int ROOT = 0;

  private Self() {}

  static int uid() {
    return Uid.EFFECTIVE;
  }

  static boolean isRoot() {
    return uid() == ROOT;
  }

  private static final class Uid {

    static final int EFFECTIVE = read();

    private static int read() {
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        String uids = lines.filter(line -> line.startsWith("Uid:")).findFirst().orElseThrow();
        return (int) Long.parseLong(uids.split("\\s+")[2]);
      } catch (IOException unreadable) {
        throw new UncheckedIOException("cannot read who this process acts as", unreadable);
      }
    }
  }
}

package ballot.e2e.torture.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock of a candidate's own, which can be set: Debian's libfaketime, with an offset in a
 * file. The monotonic clock is left alone, as a JVM hangs without one.
 */
public final class OwnClock {

  private static final String LIBRARY = "faketime/libfaketime.so.1";
  private static final int DEPTH = 4;

  private final Path file;

  private OwnClock(Path file) {
    this.file = file;
  }

  /** The one of a candidate, in the folder of its world. */
  public static OwnClock of(String candidate, Path folder) {
    return new OwnClock(folder.resolve("clock-" + candidate));
  }

  /** Whether a candidate has been given one. */
  public boolean isWorn() {
    return Files.exists(file);
  }

  /** What a program needs to go by it; nothing where the library is missing. */
  public Map<String, String> environment() {
    return library()
        .map(
            library -> {
              set(0);
              return Map.of(
                  "LD_PRELOAD", library,
                  "FAKETIME_TIMESTAMP_FILE", file.toString(),
                  "FAKETIME_NO_CACHE", "1",
                  "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                  "DONT_FAKE_MONOTONIC", "1",
                  "FAKETIME_FORCE_MONOTONIC_FIX", "0");
            })
        .orElse(Map.of());
  }

  private static Optional<String> library() {
    try (Stream<Path> places =
        Files.find(Path.of("/usr/lib"), DEPTH, (path, about) -> path.endsWith(LIBRARY))) {
      return places.findFirst().map(Path::toString);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Sets it so many seconds before or behind the machine's, at once. */
  public void set(int seconds) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, "%+d\n".formatted(seconds));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}

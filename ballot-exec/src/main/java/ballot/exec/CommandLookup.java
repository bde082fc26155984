package ballot.exec;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command's name stands for, found as execvp(3) does. Between the look and the execution the
 * file can change; then the command ends with 126 or 127 itself.
 */
public sealed interface CommandLookup {

  /** Where to look when {@code PATH} is not set. */
  String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** There it is. */
  record Found(Path path) implements CommandLookup {}

  /** There is none. */
  record NotFound(String message) implements CommandLookup {
    /** What shells exit with. */
    public static final int STATUS = 127;
  }

  /** There is one, but it cannot be executed. */
  record NotExecutable(String message) implements CommandLookup {
    /** What shells exit with. */
    public static final int STATUS = 126;
  }

  /**
   * Looks a command up.
   *
   * @param command a name, or a path when it has a slash
   * @param searchPath the {@code PATH} of the environment that the command gets; null if unset
   */
  static CommandLookup of(String command, @Nullable String searchPath) {
    if (command.isBlank()) {
      return new NotFound("'%s': a command has a name".formatted(command));
    }
    try {
      return command.indexOf('/') >= 0
          ? at(Path.of(command), command)
          : onPath(command, searchPath == null ? DEFAULT_PATH : searchPath);
    } catch (InvalidPathException impossible) {
      return new NotFound("%s: not a possible file name".formatted(command));
    }
  }

  private static CommandLookup at(Path path, String command) {
    if (!Files.exists(path)) {
      return new NotFound(
          Files.isSymbolicLink(path)
              ? "%s: a symbolic link to nothing".formatted(command)
              : "%s: no such file%s".formatted(command, NearestName.besideOf(path)));
    }
    if (Files.isDirectory(path)) {
      return new NotExecutable("%s: a directory, not a command".formatted(command));
    }
    if (!Files.isExecutable(path)) {
      return new NotExecutable(
          "%s: not executable by us (chmod +x, or a file system mounted noexec)"
              .formatted(command));
    }
    return missingInterpreter(path)
        .<CommandLookup>map(
            interpreter ->
                new NotFound(
                    "%s: its first line asks for %s, which does not exist"
                        .formatted(command, interpreter)))
        .orElseGet(() -> new Found(path));
  }

  private static CommandLookup onPath(String command, String searchPath) {
    CommandLookup refused = null;
    for (String folder : searchPath.split(":", -1)) {
      Path path = Path.of(folder.isEmpty() ? "." : folder, command);
      if (!Files.exists(path) || Files.isDirectory(path)) {
        continue;
      }
      CommandLookup there = at(path, path.toString());
      if (there instanceof Found) {
        return there;
      }
      refused = refused == null ? there : refused;
    }
    return refused != null
        ? refused
        : new NotFound(
            "%s: no such command on the PATH%s"
                .formatted(command, NearestName.onPath(command, searchPath)));
  }

  /** The interpreter that a script names and that is not there. */
  private static Optional<String> missingInterpreter(Path script) {
    try (BufferedReader reader = Files.newBufferedReader(script, StandardCharsets.ISO_8859_1)) {
      char[] start = new char[256];
      int length = reader.read(start);
      if (length < 3 || start[0] != '#' || start[1] != '!') {
        return Optional.empty();
      }
      String[] words = new String(start, 2, length - 2).split("\\R", 2)[0].strip().split("\\s", 2);
      return words[0].startsWith("/") && !Files.exists(Path.of(words[0]))
          ? Optional.of(words[0])
          : Optional.empty();
    } catch (IOException unreadable) {
      // A program may be executable without being readable.
      return Optional.empty();
    }
  }
}

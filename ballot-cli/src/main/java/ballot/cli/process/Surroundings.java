package ballot.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that a run takes from the process around it, so that a test can give it something
 * else.
 *
 * @param environment the variables, as they were before the launcher
 * @param workingFolder where relative paths begin, absolute
 * @param home the user's home folder
 * @param systemFolder where the files for the whole machine are, {@code /etc/ballot}
 * @param pluginFolders where plugins are looked for when no one says otherwise
 * @param stdout standard output, not buffered
 * @param stderr standard error, not buffered
 * @param terminal who reads them
 */
public record Surroundings(
    Map<String, String> environment,
    Path workingFolder,
    Path home,
    Path systemFolder,
    List<Path> pluginFolders,
    OutputStream stdout,
    OutputStream stderr,
    Terminal terminal) {

  /** Copies the collections. */
  public Surroundings {
    environment = Map.copyOf(environment);
    pluginFolders = List.copyOf(pluginFolders);
  }

  /** Those of the process. */
  public static Surroundings ofThisProcess() {
    Map<String, String> environment = LauncherVariables.undo(System.getenv());
    Path home = Path.of(System.getProperty("user.home", "/"));
    return new Surroundings(
        environment,
        Path.of("").toAbsolutePath(),
        home,
        Path.of("/etc/ballot"),
        pluginFolders(home),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.ofThisProcess(environment));
  }

  private static List<Path> pluginFolders(Path home) {
    Path own = home.resolve(".local/share/ballot/plugins");
    return Stream.concat(besideLib().stream(), Stream.of(own)).toList();
  }

  /** Packaged, this class lies in {@code lib/}; its neighbour is {@code plugins/}. */
  private static List<Path> besideLib() {
    var source = Surroundings.class.getProtectionDomain().getCodeSource();
    if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
      return List.of();
    }
    Path lib = Path.of(URI.create(source.getLocation().toString())).getParent();
    return lib == null ? List.of() : List.of(lib.resolveSibling("plugins"));
  }
}

package ballot.cli.settings.file;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the one file of settings that is read. */
public final class FileSearch {

  private static final List<String> NAMES = List.of("ballot.json", "ballot.yaml");

  private final Surroundings here;
  private final Owners owners;
  private final List<String> warnings = new ArrayList<>();

  /** In these surroundings. */
  public FileSearch(Surroundings here) {
    this(here, (path, options) -> (int) Files.getAttribute(path, "unix:uid", options));
  }

  FileSearch(Surroundings here, Owners owners) {
    this.here = here;
    this.owners = owners;
  }

  /** Whose a file is. */
  @FunctionalInterface
  interface Owners {

    /** The number of the user. */
    int of(Path path, LinkOption... options) throws IOException;
  }

  /**
   * The file that somebody named.
   *
   * @param path relative to the working folder
   * @param origin where it was named
   * @param missing the status to end with when it cannot be opened
   */
  public SettingsFile named(Path path, String origin, ExitCode missing) {
    return SettingsFile.read(
        here.workingFolder().resolve(path).normalize(), missing, " (named by " + origin + ")");
  }

  /** Whether a file of that name is there to be read. */
  public boolean isReadable(Path path) {
    Path absolute = here.workingFolder().resolve(path);
    return Files.isReadable(absolute) && !Files.isDirectory(absolute);
  }

  /** The first file that lies where files are looked for. */
  public Optional<SettingsFile> first() {
    return Stream.concat(places(), inWorkingFolder())
        .findFirst()
        .map(path -> SettingsFile.read(path, ExitCode.CONFIGURATION, ""));
  }

  /** What a person should know about files that were passed over. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  private Stream<Path> places() {
    return Stream.concat(
            Stream.of(here.home().resolve(".config/ballot"), here.systemFolder())
                .flatMap(folder -> NAMES.stream().map(folder::resolve)),
            Stream.of(here.home().resolve(".ballot.yaml")))
        .filter(Files::exists);
  }

  /** A file there can name commands to run, and anybody may have put it into a shared folder. */
  private Stream<Path> inWorkingFolder() {
    return NAMES.stream()
        .map(here.workingFolder()::resolve)
        .filter(Files::exists)
        .filter(this::isTrusted);
  }

  private boolean isTrusted(Path path) {
    try {
      int self = owners.of(Path.of("/proc/self"));
      boolean isOurs = isOwnedBy(self, path) && isOwnedBy(self, path, LinkOption.NOFOLLOW_LINKS);
      if (isOurs && !isWrittenByAll(path)) {
        return true;
      }
      if (isOurs) {
        warnings.add(
            path
                + " was not read: everybody may write to it (chmod o-w); --config names it anyway");
        return false;
      }
      warnings.add(
          path + " was not read: it belongs neither to you nor to root; --config names it anyway");
      return false;
    } catch (IOException | UnsupportedOperationException unknown) {
      warnings.add(path + " was not read: its owner is unknown; --config names it anyway");
      return false;
    }
  }

  private static boolean isWrittenByAll(Path path) throws IOException {
    return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
  }

  private boolean isOwnedBy(int self, Path path, LinkOption... options) throws IOException {
    int owner = owners.of(path, options);
    return owner == self || owner == 0;
  }
}

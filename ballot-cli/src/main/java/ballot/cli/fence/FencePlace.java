package ballot.cli.fence;

import ballot.cli.process.ExitCode;
import ballot.cli.process.OneLine;
import ballot.cli.process.Refusal;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a fence is kept: its file with all links resolved, so that all names of one file meet, and
 * what lies beside it.
 *
 * <pre>
 * F          the highest token that was seen, in digits, and the end of the line
 * F.lock     empty; who holds the kernel's lock on it runs; stays
 * F.running  the processes that run, see {@link ballot.exec.FormerCommand}
 * F.next     the next F, before it gets its name
 * </pre>
 */
record FencePlace(Path file) {

  private static final int MOST_LINKS = 40;
  private static final int WRITTEN_BY_OTHERS = 0002;
  private static final int STICKY = 01000;

  /**
   * Finds it, and makes nothing.
   *
   * @throws Refusal if no fence can be kept there
   */
  static FencePlace of(Path given) {
    try {
      Path path = given;
      for (int links = 0; Files.isSymbolicLink(path); links++) {
        if (links == MOST_LINKS) {
          throw wrong(given, "its symbolic links lead round in a circle");
        }
        path = path.resolveSibling(Files.readSymbolicLink(path));
      }
      if (Files.isDirectory(path)) {
        throw wrong(given, "a folder; name a file, which is made when it is missing");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw wrong(given, "neither a file nor missing; name one that can hold a number");
      }
      FencePlace place = new FencePlace(folderOf(path).resolve(path.getFileName()));
      place.check();
      return place;
    } catch (IOException unreadable) {
      throw unusable("look at", given, unreadable);
    }
  }

  private static Path folderOf(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      // Not made: where a disk is not mounted, a fence that begins anew lets old tokens pass.
      throw Refusal.configuration(
          "the folder of %s is not there; make it, or mount what it lies on"
              .formatted(shown(path)));
    }
    return folder.toRealPath();
  }

  /** Whoever can write to the file, or replace it, can let old tokens pass. */
  private void check() throws IOException {
    Path folder = folder();
    int mode = (int) Files.getAttribute(folder, "unix:mode");
    if ((mode & WRITTEN_BY_OTHERS) != 0 && (mode & STICKY) == 0) {
      throw Refusal.configuration(
          "everybody may replace what is in %s (chmod o-w): a fence there stops nobody"
              .formatted(shown(folder)));
    }
    checkOwner(file);
    checkOwner(lock());
  }

  private static void checkOwner(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner != self) {
        throw Refusal.configuration(
            "%s belongs to %s: run as that user, or name a file of your own"
                .formatted(shown(path), Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)));
      }
    }
  }

  Path folder() {
    return Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
  }

  Path lock() {
    return beside(".lock");
  }

  Path running() {
    return beside(".running");
  }

  Path next() {
    return beside(".next");
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** The file could not be read or written. */
  static Refusal unusable(String what, Path path, IOException failure) {
    String reason =
        switch (failure) {
          case AccessDeniedException denied -> "no permission";
          case FileSystemException told when told.getReason() != null -> told.getReason();
          default -> String.valueOf(failure.getMessage());
        };
    return new Refusal(ExitCode.OUTPUT, "could not %s %s: %s".formatted(what, shown(path), reason));
  }

  private static Refusal wrong(Path given, String what) {
    return Refusal.usage("--file: %s: %s".formatted(shown(given), what));
  }

  /** As it may stand in a line. */
  static String shown(Path path) {
    return "'" + OneLine.of(path.toString()) + "'";
  }
}

package ballot.local;

import ballot.api.ElectionName;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The folder under which all elections are kept, {@code local-dir}, and whether it can be trusted.
 */
final class LocalFolder {

  /** Shared with other machines: neither their locks nor their processes can be relied on here. */
  private static final Set<String> REMOTE =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "smb2",
          "ncpfs",
          "afs",
          "9p",
          "virtiofs",
          "vboxsf",
          "ceph",
          "glusterfs",
          "lustre",
          "gfs2",
          "ocfs2",
          "beegfs",
          "gpfs",
          "coda",
          "orangefs",
          "pvfs2",
          "davfs");

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path dir;

  LocalFolder(Path dir) {
    this.dir = dir;
  }

  /** Says what can be said before anything is asked; makes nothing. */
  void check() throws RejectedException {
    if (!dir.isAbsolute()) {
      throw rejected(
          "'"
              + dir
              + "' is not an absolute path: candidates started in different folders would"
              + " not meet; write "
              + dir.toAbsolutePath().normalize());
    }
    if (!ProcessTable.isReadable()) {
      throw new RejectedException(
          "the local backend needs Linux with /proc: it looks there for what a leader left behind");
    }
    for (Path part = dir; part != null; part = part.getParent()) {
      if (Files.exists(part) && !Files.isDirectory(part)) {
        throw rejected("'" + part + "' is a file; name a folder");
      }
    }
    checkFileSystem();
  }

  private void checkFileSystem() throws RejectedException {
    Path existing = dir;
    while (!Files.exists(existing)) {
      existing = Objects.requireNonNull(existing.getParent(), "the root of all folders exists");
    }
    try {
      String type = Files.getFileStore(existing).type().toLowerCase(Locale.ROOT);
      if (REMOTE.contains(type) || isRemoteFuse(type)) {
        throw rejected(
            "'"
                + dir
                + "' lies on "
                + type
                + ", which other machines may share, and this backend"
                + " is for the processes of one; name a folder on a disk of this machine");
      }
    } catch (IOException unknown) {
      // asked again, and told, when the folder is used
    }
  }

  private static boolean isRemoteFuse(String type) {
    return type.startsWith("fuse.") && !type.equals("fuse.fuse-overlayfs");
  }

  /** Where an election is kept; it need not exist. */
  ElectionFolder of(ElectionName election) {
    Path folder = dir;
    for (String segment : Segments.of(election)) {
      folder = folder.resolve(segment);
    }
    return new ElectionFolder(folder.resolve(ElectionName.RESERVED_SEGMENT), election);
  }

  /** The folder of an election, made if it is missing, with all links in its path resolved. */
  OpenFolder open(ElectionName election) throws StoreException {
    try {
      Path real = root();
      Sharing sharing = sharing(real);
      List<String> names = new ArrayList<>(Segments.of(election));
      names.add(ElectionName.RESERVED_SEGMENT);
      for (int i = 0; i < names.size(); i++) {
        real = inside(election, real, names.subList(i, names.size()), sharing);
      }
      return new OpenFolder(new ElectionFolder(real, election), sharing);
    } catch (IOException failure) {
      throw Failures.of("make the folder of " + election, failure);
    }
  }

  private Path root() throws IOException, RejectedException {
    check();
    if (!Files.isDirectory(dir)) {
      try {
        Files.createDirectories(dir, OWNER_ONLY);
      } catch (IOException refused) {
        throw rejected("could not make the folder '" + dir + "': " + Failures.what(refused));
      }
    }
    return dir.toRealPath();
  }

  private Sharing sharing(Path real) throws IOException, RejectedException {
    int mode = Sharing.modeOf(real);
    int owner = Sharing.ownerOf(real);
    if (Sharing.isOpenToAll(mode)) {
      throw rejected(
          "everybody may replace what is in '"
              + real
              + "': chmod 700 for one user, 2770 for a"
              + " group, 1777 for everybody");
    }
    Sharing sharing = Sharing.of(mode);
    if (sharing.isPrivate() && owner != Self.uid()) {
      throw rejected(
          "'"
              + real
              + "' belongs to "
              + Files.getOwner(real)
              + " alone, and this runs"
              + Failures.asWhom()
              + "; run as its owner, name another folder, or share this one:"
              + " chmod 2770 for its group, 1777 for everybody");
    }
    return sharing;
  }

  /** The first of these folders, each in the one before; all are made if that one is missing. */
  private static Path inside(
      ElectionName election, Path parent, List<String> names, Sharing sharing)
      throws IOException, RejectedException {
    Path folder = parent.resolve(names.get(0));
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      make(election, parent, names, sharing);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw rejected("'" + folder + "' is not a folder; remove it or name another folder");
    }
    if (!sharing.isPrivate() && Self.isRoot() && Sharing.ownerOf(folder) != Self.uid()) {
      throw rejected(
          "'"
              + folder
              + "' belongs to "
              + Files.getOwner(folder)
              + ", who could lead root astray"
              + " in it; chown root it, or use a folder that is root's alone");
    }
    return folder;
  }

  /**
   * Made aside and moved, so that nobody meets a folder before it has its mode; and all of them
   * down to the lock at once, so that none is ever empty: a move takes the place of an empty
   * folder, and what another candidate was about to make in that one would have nowhere to go.
   */
  private static void make(ElectionName election, Path parent, List<String> names, Sharing sharing)
      throws IOException {
    Path aside = parent.resolve("~" + Badge.next().text());
    Path folder = parent.resolve(names.get(0));
    try {
      build(new ElectionFolder(aside, election), names.subList(1, names.size()), sharing);
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      OpenFolder.deleteAll(aside);
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw failure;
      }
    }
  }

  private static void build(ElectionFolder outermost, List<String> inner, Sharing sharing)
      throws IOException {
    OpenFolder made = new OpenFolder(outermost, sharing);
    made.makeFolder(outermost.path());
    for (String name : inner) {
      made = new OpenFolder(made.folder().at(made.folder().path().resolve(name)), sharing);
      made.makeFolder(made.folder().path());
    }
    made.publish(made.folder().lock());
  }

  private static RejectedException rejected(String message) {
    return RejectedException.because(LocalBackend.DIR, message);
  }

  @Override
  public String toString() {
    return dir.toString();
  }
}

package ballot.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who else may use the folder of elections, and so with which modes things are made in it.
 *
 * <p>A folder belongs to one user, unless whoever made it says otherwise with a bit that nobody
 * sets by accident: set-group-ID for a group, sticky for everybody. Then what is made in it is open
 * to the same people as the folder, and to nobody else.
 *
 * @param folders mode of folders
 * @param shared mode of files that everybody who stands has to write
 * @param own mode of files that only who made them writes
 */
record Sharing(int folders, int shared, int own) {

  private static final int SET_GROUP_ID = 02000;
  private static final int STICKY = 01000;
  private static final int WRITE_GROUP = 0020;
  private static final int WRITE_OTHERS = 0002;
  private static final int READ_WRITE = 0666;
  private static final int WRITE_OWNER_ONLY = 0644;

  /** For one user alone. */
  static final Sharing PRIVATE = new Sharing(0700, 0600, 0600);

  /** What the mode of the folder says. */
  static Sharing of(int mode) {
    boolean group = (mode & SET_GROUP_ID) != 0 && (mode & WRITE_GROUP) != 0;
    boolean everybody = (mode & STICKY) != 0 && (mode & WRITE_OTHERS) != 0;
    if (!group && !everybody) {
      return PRIVATE;
    }
    int files = mode & READ_WRITE;
    return new Sharing(mode & 07777, files, files & WRITE_OWNER_ONLY);
  }

  boolean isPrivate() {
    return equals(PRIVATE);
  }

  /** Whether others may replace folders in one of this mode, without a bit that says so. */
  static boolean isOpenToAll(int mode) {
    return (mode & WRITE_OTHERS) != 0 && (mode & STICKY) == 0;
  }

  static int modeOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }

  static int ownerOf(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid");
  }
}

package ballot.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** The folder of an election that exists, and how files are made in it. */
record OpenFolder(ElectionFolder folder, Sharing sharing) {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final byte[] NOTHING = {};

  /** Makes an empty file that all candidates write, unless it is there. */
  void publish(Path file) throws IOException {
    publish(file, NOTHING, false);
  }

  /** Makes a file that all candidates write, unless it is there; on the disk when this returns. */
  void publishDurably(Path file, String content) throws IOException {
    publishDurably(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with bytes. */
  void publishDurably(Path file, byte[] content) throws IOException {
    publish(file, content, true);
    persistNames();
  }

  private void publish(Path file, byte[] content, boolean durably) throws IOException {
    Path aside = aside();
    try {
      write(aside, content, sharing.shared(), durably);
      // a link, not a move: it never takes the place of a file that somebody may have locked
      Files.createLink(file, aside);
    } catch (FileAlreadyExistsException madeByAnother) {
      // as good as ours
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** Writes such a file anew; on the disk when this returns. */
  void replaceShared(Path file, String content) throws IOException {
    Path aside = aside();
    try {
      write(aside, content.getBytes(StandardCharsets.UTF_8), sharing.shared(), true);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
      persistNames();
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** Makes an empty file of our own, which must not be there. */
  void create(Path file) throws IOException {
    write(file, NOTHING, sharing.own(), false);
  }

  /** Makes a file of our own; nobody sees it before all of it is there. */
  void place(Path file, String content) throws IOException {
    Path aside = aside();
    try {
      write(aside, content.getBytes(StandardCharsets.UTF_8), sharing.own(), false);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      Files.deleteIfExists(aside);
      throw failure;
    }
  }

  /**
   * Writes a file of our own anew. In place, and as long as it was, filled up with empty lines: to
   * replace or to cut a file makes some file systems wait for the disk.
   */
  void rewrite(Path file, String content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      byte[] text = content.getBytes(StandardCharsets.UTF_8);
      byte[] filled = Arrays.copyOf(text, (int) Math.max(text.length, channel.size()));
      Arrays.fill(filled, text.length, filled.length, (byte) '\n');
      writeAll(channel, ByteBuffer.wrap(filled));
    } catch (NoSuchFileException removed) {
      place(file, content);
    }
  }

  void makeFolder(Path dir) throws IOException {
    Files.createDirectory(dir, OWNER_ONLY_FOLDER);
    if (!sharing.isPrivate()) {
      Files.setAttribute(dir, "unix:mode", sharing.folders());
    }
  }

  /** Deletes a file, or a folder with what is in it, if it is there. */
  static void deleteAll(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
        for (Path file : files) {
          deleteAll(file);
        }
      } catch (DirectoryIteratorException unreadable) {
        throw unreadable.getCause();
      }
    }
    Files.deleteIfExists(path);
  }

  /** A name that nobody else uses, for what is not finished. */
  Path aside() {
    return folder.entry(ElectionFolder.Kind.ASIDE, Badge.next());
  }

  private void write(Path file, byte[] content, int mode, boolean durably) throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, fresh, OWNER_ONLY)) {
      writeAll(channel, ByteBuffer.wrap(content));
      if (!sharing.isPrivate()) {
        Files.setAttribute(file, "unix:mode", mode);
      }
      if (durably) {
        channel.force(true);
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void persistNames() throws IOException {
    try (FileChannel names = FileChannel.open(folder.path(), StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}

package ballot.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's lock on the lock file of an election: held by one process of the machine, given back
 * by the kernel at the moment that process ends.
 *
 * <p>The lock belongs to the process and to the file, not to this object: closing <em>any</em>
 * channel to the file drops it. So a JVM opens the file once, through its {@link Seat}, and nobody
 * opens it to read. All methods but {@link #waitFor} are called by one thread at a time, which is
 * never interrupted: an interrupt closes the channel.
 */
final class ElectionLock implements AutoCloseable {

  private static final int TRIES = 5;

  private final Path path;
  private final FileChannel channel;
  private final long inode;
  private volatile @Nullable FileLock held;

  private ElectionLock(Path path, FileChannel channel, long inode) {
    this.path = path;
    this.channel = channel;
    this.inode = inode;
  }

  /** Opens the lock file, which is made if it is missing. */
  static ElectionLock open(OpenFolder open) throws IOException {
    Path path = open.folder().lock();
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (inode(path) == NONE) {
        open.publish(path);
      }
      long before = inode(path);
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      // Java does not tell which file a channel is open to: the same before and after is the one
      if (before != NONE && before == inode(path)) {
        return new ElectionLock(path, channel, before);
      }
      channel.close();
    }
    throw new IOException(path + " is replaced again and again");
  }

  private static final long NONE = -1;

  private static long inode(Path path) throws IOException {
    try {
      return ((Number) Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)).longValue();
    } catch (NoSuchFileException missing) {
      return NONE;
    }
  }

  /** Which file it is: a file of the same name that was made later has another number. */
  long inode() {
    return inode;
  }

  /** Whether the file that is open is still the one that others would open. */
  boolean isAtItsPath() throws IOException {
    return inode(path) == inode;
  }

  boolean isHeld() {
    FileLock lock = held;
    return lock != null && lock.isValid();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Takes the lock if it is free. */
  boolean take() throws IOException {
    try {
      if (!isHeld()) {
        held = channel.tryLock();
      }
    } catch (OverlappingFileLockException takenInThisProcess) {
      // by somebody who came by another path, or with another copy of these classes
      return false;
    }
    return isHeld();
  }

  /**
   * Waits for the lock and takes it. An interrupt ends the wait and closes this.
   *
   * @throws IOException also where the kernel sees a deadlock that is none: two processes that each
   *     lead one election and wait for the other one's. Then the lock has to be tried again
   */
  void waitFor() throws IOException {
    try {
      held = channel.lock();
    } catch (OverlappingFileLockException takenInThisProcess) {
      throw new IOException(path + " is locked by another part of this process");
    }
  }

  /** Gives the lock back and keeps the file open. */
  void release() throws IOException {
    FileLock lock = held;
    held = null;
    if (lock != null) {
      lock.release();
    }
  }

  /** Closes the file, which gives the lock back. */
  @Override
  public void close() throws IOException {
    held = null;
    channel.close();
  }
}

package ballot.cli.fence;

import ballot.cli.process.ExitCode;
import ballot.cli.process.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's lock on the lock file of a fence: given back at the latest when this process ends,
 * however it does.
 *
 * <p>It belongs to the process: closing any channel to the file drops it, so the file is opened
 * here only and holds nothing to read.
 */
final class FenceLock implements AutoCloseable {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private static final int TRIES = 10;

  private final FileChannel channel;

  private FenceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, waiting for it.
   *
   * @param longest how long to wait; zero tries once, empty is for ever
   * @throws Refusal if it was held all the time, or there is no place for a lock
   */
  static FenceLock take(FencePlace place, Optional<Duration> longest) {
    Path path = place.lock();
    long began = System.nanoTime();
    try {
      for (int i = 0; i < TRIES; i++) {
        Object before = inode(path);
        FileChannel channel = FileChannel.open(path, OPTIONS, OWNER_ONLY);
        Optional<Duration> rest = longest.map(wait -> wait.minusNanos(System.nanoTime() - began));
        if (!lock(channel, rest)) {
          channel.close();
          throw held(place);
        }
        Object after = inode(path);
        // Removed meanwhile, it is not what the next one will open. One that was only just made
        // cannot be told from one that was removed again: so once more.
        if (before != null && before.equals(after)) {
          return new FenceLock(channel);
        }
        channel.close();
      }
    } catch (IOException failure) {
      throw FencePlace.unusable("lock", path, failure);
    }
    throw new Refusal(
        ExitCode.OUTPUT, FencePlace.shown(path) + " is removed again and again by somebody");
  }

  private static @Nullable Object inode(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)
        : null;
  }

  /** Whether it was got. */
  private static boolean lock(FileChannel channel, Optional<Duration> longest) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return true;
      }
    } catch (OverlappingFileLockException takenInThisProcess) {
      return false;
    }
    return !longest.filter(wait -> !wait.isPositive()).isPresent() && await(channel, longest);
  }

  /** The wait that the kernel offers has no end: it is left to a thread that can be left behind. */
  private static boolean await(FileChannel channel, Optional<Duration> longest) throws IOException {
    FutureTask<FileLock> waiting = new FutureTask<>(channel::lock);
    Thread.ofPlatform().daemon().name("ballot-fence").start(waiting);
    try {
      FileLock unused =
          longest.isPresent()
              ? waiting.get(TimeUnit.NANOSECONDS.convert(longest.get()), TimeUnit.NANOSECONDS)
              : waiting.get();
      return true;
    } catch (TimeoutException stillHeld) {
      return false;
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException told ? told : new IOException(failed);
    } catch (InterruptedException toldToHurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Refusal held(FencePlace place) {
    return new Refusal(
        ExitCode.HELD,
        "%s was held by another command until --wait was over"
            .formatted(FencePlace.shown(place.file())));
  }

  /** Gives it back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException givenBackAllTheSame) {
      // The descriptor is gone, and with it the lock.
    }
  }
}

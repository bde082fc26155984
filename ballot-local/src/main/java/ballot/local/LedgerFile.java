package ballot.local;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.RejectedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The file of a ledger: the last two pages, see {@link LedgerSlots}. The older one is overwritten
 * in place, as the counter of terms is: that works for all users of a shared folder, waits for the
 * disk once, and whatever stops it in between leaves the last page whole.
 *
 * <p>Written by who holds the lock, read by anybody at any moment.
 */
final class LedgerFile {

  private static final Logger LOG = System.getLogger(LedgerFile.class.getName());

  private final Path path;

  LedgerFile(Path path) {
    this.path = path;
  }

  /** The last page. */
  Page read() throws IOException, RejectedException {
    Optional<LedgerSlots> slots = slots();
    return slots.isEmpty() ? Page.BLANK : last(slots.get());
  }

  /**
   * The last page, for who goes by it: it is on the disk when this returns, also where a writer was
   * killed, or gave up, before it was.
   */
  Page readDurably() throws IOException, RejectedException {
    Page last = read();
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      file.force(false);
    } catch (NoSuchFileException nothingToKeep) {
      return last;
    }
    return last;
  }

  /** Writes the next page. It is on the disk when this returns. */
  Receipt write(OpenFolder open, Page before, String text) throws IOException, RejectedException {
    Optional<LedgerSlots> slots = slots();
    Page last = slots.isEmpty() ? Page.BLANK : last(slots.get());
    if (last.version() != before.version()) {
      return new Overtaken();
    }
    if (slots.isEmpty()) {
      return begin(open, new Page(text, anyVersion()));
    }
    Page next = new Page(text, last.version() + 1);
    overwrite(slots.get().isFirstNext() ? 0 : LedgerSlots.SIZE, LedgerSlots.bytes(next));
    if (slots.get().isTorn()) {
      LOG.log(
          Level.WARNING,
          "a page of {0} was not written to its end, as when the power fails: went on from the one"
              + " before",
          path);
    }
    return new Written(next);
  }

  /** If the file is removed by hand, its next life does not repeat the versions of this one. */
  private static long anyVersion() {
    return ThreadLocalRandom.current().nextLong(1, 1L << 52);
  }

  private Receipt begin(OpenFolder open, Page first) throws IOException, RejectedException {
    open.publishDurably(path, LedgerSlots.bytes(first));
    return read().equals(first) ? new Written(first) : new Overtaken();
  }

  private void overwrite(long start, byte[] page) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(page);
      while (bytes.hasRemaining()) {
        file.write(bytes, start + bytes.position());
      }
      file.force(false);
    }
  }

  private Page last(LedgerSlots slots) throws RejectedException {
    return slots.last().orElseThrow(this::corrupt);
  }

  private RejectedException corrupt() {
    return new RejectedException(
        "what the leaders keep in "
            + path
            + " cannot be read: it was changed by hand, or the disk is at fault. Put a copy from"
            + " before in its place, or remove the file: then what stood in it is forgotten");
  }

  /** What is in the file; empty if there is none. */
  private Optional<LedgerSlots> slots() throws IOException, RejectedException {
    try {
      return Optional.of(LedgerSlots.settled(this::content));
    } catch (NoSuchFileException never) {
      return Optional.empty();
    }
  }

  private byte[] content() throws IOException, RejectedException {
    // opening a pipe that somebody put there would hang
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isRegularFile()) {
      throw corrupt();
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), 2L * LedgerSlots.SIZE));
      while (bytes.hasRemaining() && file.read(bytes) > 0) {
        // until it is all there
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}

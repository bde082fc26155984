package ballot.local;

import ballot.api.RejectedException;
import ballot.api.Term;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The counter of terms: the last one given out, and on which lock file it was won.
 *
 * <p>Terms never go back, not even when the machine stops without writing its disks: the file
 * permits a hundred terms ahead, and after a restart of the machine counting goes on behind them.
 * So a leader waits for the disk once in a hundred terms, and not while nobody leads.
 *
 * <p>Read and written by whoever holds the lock.
 */
final class TermFile {

  private static final int LONGEST = 1024;

  private final OpenFolder open;
  private final Path path;
  private final String boot;

  /** The highest term that this process knows of, should the folder be removed. */
  private long givenOut;

  TermFile(OpenFolder open) {
    this(open, ProcessIdentity.self().boot());
  }

  TermFile(OpenFolder open, String boot) {
    this.open = open;
    this.path = open.folder().term();
    this.boot = boot;
  }

  /** Reads it; empty when no term was ever given out here. */
  Optional<TermText> read() throws IOException, RejectedException {
    Optional<String> text = text();
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(TermText.parse(text.get(), boot).orElseThrow(this::corrupt));
  }

  private Optional<String> text() throws IOException, RejectedException {
    try {
      checkIsFile();
      return Optional.of(content());
    } catch (NoSuchFileException never) {
      return Optional.empty();
    }
  }

  private void checkIsFile() throws IOException, RejectedException {
    // opening a pipe that somebody put there would hang
    if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isRegularFile()) {
      throw corrupt();
    }
  }

  private String content() throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
      while (file.read(bytes) > 0) {
        // until it is all there
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }
  }

  private RejectedException corrupt() {
    return new RejectedException(
        "the counter of terms in "
            + path
            + " cannot be read. It must not start over, because"
            + " storage may remember the terms that were given out: find the highest one in logs,"
            + " and write a higher number into the file (echo 1000 > term)");
  }

  /** Gives out the term after the last one. No restart of the machine lets it be forgotten. */
  Term next(Optional<TermText> last, long lock) throws IOException {
    long term = Math.max(last.map(TermText::highest).orElse(0L), givenOut) + 1;
    if (last.isEmpty()) {
      open.publishDurably(path, TermText.whole(term, lock, boot));
    } else if (!last.get().whole()) {
      open.replaceShared(path, TermText.whole(term, lock, boot));
    } else if (term <= last.get().permitted()) {
      overwrite(TermText.line(term, lock), false);
    } else {
      // One after the other: a permit that is torn must find its term on the disk.
      overwrite(TermText.line(term, lock), true);
      overwrite(TermText.permit(term, boot), true);
    }
    givenOut = term;
    return new Term(term);
  }

  private void overwrite(TermText.Line line, boolean durably) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.text().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes, (long) line.start() + bytes.position());
      }
      if (durably) {
        file.force(true);
      }
    }
  }
}

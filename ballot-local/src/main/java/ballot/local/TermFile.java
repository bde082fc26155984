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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counter of terms: the last one given out, and on which lock file it was won.
 *
 * <p>Two lines of fixed length, written by turns: {@code TERM LOCK TERM}, padded with zeros. A line
 * is overwritten in place, which needs no room on the disk, works for all users of a shared folder,
 * and leaves the other line whole when the machine stops in between; the term at both ends shows a
 * line that was torn. A file with nothing but a number in it, written by a person, counts as well.
 *
 * <p>Read and written by whoever holds the lock.
 */
final class TermFile {

  private static final Pattern LINE = Pattern.compile("(0\\d{18}) (0\\d{18}) \\1\n");
  private static final Pattern BY_HAND = Pattern.compile("([1-9]\\d{0,17})\\s*");
  private static final int DIGITS = 19;
  private static final int LENGTH = 3 * (DIGITS + 1);
  private static final int LONGEST = 1024;

  private final OpenFolder open;
  private final Path path;

  /** The highest term that this process knows of, should the folder be removed. */
  private long givenOut;

  /**
   * What the file says.
   *
   * @param highest no term above this one was given out; zero before the first
   * @param lock the inode of the lock file on which the last one was won; zero if unknown
   * @param whole whether the next one can be written in place
   */
  record Count(long highest, long lock, boolean whole) {}

  TermFile(OpenFolder open) {
    this.open = open;
    this.path = open.folder().term();
  }

  /** Reads it; empty when no term was ever given out here. */
  Optional<Count> read() throws IOException, RejectedException {
    Optional<String> text = text();
    return text.isEmpty() ? Optional.empty() : Optional.of(count(text.get()));
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

  private Count count(String text) throws RejectedException {
    Matcher byHand = BY_HAND.matcher(text);
    if (byHand.matches()) {
      return new Count(Long.parseLong(byHand.group(1)), 0, false);
    }
    List<Count> lines = new ArrayList<>();
    for (int start = 0; start + LENGTH <= text.length(); start += LENGTH) {
      Matcher line = LINE.matcher(text.substring(start, start + LENGTH));
      if (line.matches()) {
        lines.add(new Count(Long.parseLong(line.group(1)), Long.parseLong(line.group(2)), true));
      }
    }
    Count last =
        lines.stream()
            .max((one, other) -> Long.compare(one.highest, other.highest))
            .orElseThrow(this::corrupt);
    // the torn line can hold the next term, and that one may have been given out
    return lines.size() == 2 ? last : new Count(last.highest + 1, 0, false);
  }

  private RejectedException corrupt() {
    return new RejectedException(
        "the counter of terms in "
            + path
            + " cannot be read. It must not start over, because"
            + " storage may remember the terms that were given out: find the highest one in logs,"
            + " and write a higher number into the file (echo 1000 > term)");
  }

  /** Gives out the term after the last one. It is on the disk when this returns. */
  Term next(Optional<Count> last, long lock) throws IOException {
    long term = Math.max(last.map(Count::highest).orElse(0L), givenOut) + 1;
    if (last.isEmpty()) {
      open.publishDurably(path, both(term, lock));
    } else if (last.get().whole()) {
      overwrite(term, line(term, lock));
    } else {
      open.replaceShared(path, both(term, lock));
    }
    givenOut = term;
    return new Term(term);
  }

  private void overwrite(long term, String line) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
      long start = (term % 2) * LENGTH;
      while (bytes.hasRemaining()) {
        file.write(bytes, start + bytes.position());
      }
      file.force(false);
    }
  }

  private static String both(long term, long lock) {
    String nothing = line(0, 0);
    return term % 2 == 0 ? line(term, lock) + nothing : nothing + line(term, lock);
  }

  private static String line(long term, long lock) {
    return padded(term) + ' ' + padded(lock) + ' ' + padded(term) + '\n';
  }

  private static String padded(long number) {
    String digits = Long.toString(number);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }
}

package ballot.local;

import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.RejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The two pages in the file of a ledger, each at a place of its own, written by turns: a line
 * {@code VERSION LENGTH SUM}, padded with zeros, and then the text. The sum is over all of it and
 * shows a page that was not written to its end.
 */
final class LedgerSlots {

  /** Of a place: the line, and the longest text. What ends on one page of the disk's is one. */
  static final int SIZE = Ledger.LONGEST + 4096;

  /** More than a writer can spoil, which waits for the disk after every page. */
  private static final int TRIES = 1000;

  private static final Pattern LINE = Pattern.compile("(0\\d{18}) (\\d{5}) ([0-9a-f]{8})\n");
  private static final int VERSION_DIGITS = 19;
  private static final int LENGTH_DIGITS = 5;
  private static final int LINE_LENGTH = VERSION_DIGITS + LENGTH_DIGITS + 8 + 3;

  private final byte[] file;
  private final @Nullable Page first;
  private final @Nullable Page second;

  /** The bytes of the file, as they are now. */
  @FunctionalInterface
  interface Source {
    byte[] read() throws IOException, RejectedException;
  }

  /**
   * Reads them beside a writer. Who finds a page torn that is being written may have read the other
   * one before that was replaced: then what is read next looks different. What looks the same twice
   * stays so.
   */
  static LedgerSlots settled(Source source) throws IOException, RejectedException {
    LedgerSlots slots = new LedgerSlots(source.read());
    for (int attempt = 0; attempt < TRIES && slots.isTorn(); attempt++) {
      LedgerSlots again = new LedgerSlots(source.read());
      if (Arrays.equals(again.file, slots.file)) {
        return again;
      }
      slots = again;
    }
    if (slots.isTorn()) {
      throw new IOException("it is written again and again");
    }
    return slots;
  }

  /** Reads them. */
  LedgerSlots(byte[] file) {
    this.file = file;
    this.first = page(slot(0));
    this.second = page(slot(SIZE));
  }

  private byte[] slot(int start) {
    return Arrays.copyOfRange(
        file, Math.min(start, file.length), Math.min(start + SIZE, file.length));
  }

  /** Whether a page is there of which not all is there. */
  boolean isTorn() {
    return first == null || second == null && file.length > SIZE;
  }

  /** The page that was written last; empty when none can be read. */
  Optional<Page> last() {
    return Stream.of(Optional.ofNullable(first), Optional.ofNullable(second))
        .flatMap(Optional::stream)
        .max((one, other) -> Long.compare(one.version(), other.version()));
  }

  /** Whether the next page takes the place of the first one. */
  boolean isFirstNext() {
    return last().map(last -> last == second).orElse(true);
  }

  private static @Nullable Page page(byte[] slot) {
    if (slot.length < LINE_LENGTH) {
      return null;
    }
    Matcher line = LINE.matcher(new String(slot, 0, LINE_LENGTH, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      return null;
    }
    long version = Long.parseLong(line.group(1));
    int length = Integer.parseInt(line.group(2));
    if (version == 0 || LINE_LENGTH + length > slot.length) {
      return null;
    }
    byte[] text = Arrays.copyOfRange(slot, LINE_LENGTH, LINE_LENGTH + length);
    return line.group(3).equals(sum(version, text))
        ? new Page(new String(text, StandardCharsets.UTF_8), version)
        : null;
  }

  /** What is written for a page. */
  static byte[] bytes(Page page) {
    byte[] text = Ledger.bytes(page.text());
    byte[] line =
        (numbers(page.version(), text.length) + ' ' + sum(page.version(), text) + '\n')
            .getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(line, line.length + text.length);
    System.arraycopy(text, 0, all, line.length, text.length);
    return all;
  }

  private static String sum(long version, byte[] text) {
    CRC32C sum = new CRC32C();
    sum.update(numbers(version, text.length).getBytes(StandardCharsets.US_ASCII));
    sum.update(text);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  private static String numbers(long version, int length) {
    return padded(version, VERSION_DIGITS) + ' ' + padded(length, LENGTH_DIGITS);
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }
}

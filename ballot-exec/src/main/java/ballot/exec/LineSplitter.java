package ballot.exec;

import ballot.exec.LineSink.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Reads one stream of a command as fast as it comes and queues it in chunks of whole lines. A line
 * that is longer than {@link #LONGEST} goes in pieces, cut between characters. Used by one thread.
 */
final class LineSplitter {

  /** The longest text that is handed over in one piece, in bytes. */
  static final int LONGEST = 256 * 1024;

  private static final int FIRST_SIZE = 32 * 1024;

  private final Stream stream;
  private final LineQueue queue;
  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_SIZE);

  /** Whether what comes next goes on in a line whose beginning was handed over. */
  private boolean isContinued;

  /** Whether what comes next belongs to a line whose beginning was dropped. */
  private boolean isTorn;

  LineSplitter(Stream stream, LineQueue queue) {
    this.stream = stream;
    this.queue = queue;
  }

  /** Reads to the end, or until the channel is closed under it, and queues all there is. */
  void readAll(ReadableByteChannel channel) throws IOException {
    try {
      while (channel.read(buffer) >= 0) {
        passOn();
      }
    } finally {
      flush();
    }
  }

  private void passOn() {
    byte[] bytes = buffer.array();
    int end = buffer.position();
    int lineEnd = end;
    while (lineEnd > 0 && bytes[lineEnd - 1] != '\n') {
      lineEnd--;
    }
    if (lineEnd > 0) {
      emit(Arrays.copyOf(bytes, lineEnd), true);
      keepFrom(lineEnd);
    } else if (end == LONGEST) {
      int cut = cutBefore(bytes, end);
      emit(Arrays.copyOf(bytes, cut), false);
      keepFrom(cut);
    } else if (!buffer.hasRemaining()) {
      buffer = ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(2 * bytes.length, LONGEST)));
      buffer.position(end);
    }
  }

  private void keepFrom(int start) {
    buffer.limit(buffer.position()).position(start);
    buffer.compact();
  }

  private void flush() {
    if (buffer.position() > 0) {
      emit(Arrays.copyOf(buffer.array(), buffer.position()), false);
      buffer.clear();
    }
    if (isTorn) {
      queue.drop(stream, 1);
    }
  }

  /** Queues a chunk; what belongs to a line whose beginning was dropped is dropped with it. */
  private void emit(byte[] chunk, boolean endsLine) {
    int from = 0;
    if (isTorn) {
      from = indexOfLineEnd(chunk) + 1;
      if (from == 0) {
        return;
      }
      queue.drop(stream, 1);
      isTorn = false;
      isContinued = false;
    }
    if (from < chunk.length) {
      byte[] rest = from == 0 ? chunk : Arrays.copyOfRange(chunk, from, chunk.length);
      if (!queue.offer(stream, rest, isContinued)) {
        queue.drop(stream, countLines(rest));
        isTorn = !endsLine;
      }
    }
    isContinued = !endsLine;
  }

  /** Where to cut so that neither a character nor the end of a line is cut in two. */
  private static int cutBefore(byte[] bytes, int end) {
    int cut = end;
    // At most three bytes of a character can be missing behind the first.
    for (int i = 1; i <= 3; i++) {
      int octet = bytes[end - i] & 0xff;
      if (octet >= 0xc0) {
        cut = end - i;
      }
      if (octet < 0x80 || octet >= 0xc0) {
        break;
      }
    }
    return bytes[cut - 1] == '\r' ? cut - 1 : cut;
  }

  private static int indexOfLineEnd(byte[] chunk) {
    for (int i = 0; i < chunk.length; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static long countLines(byte[] chunk) {
    long lines = 0;
    for (byte octet : chunk) {
      lines += octet == '\n' ? 1 : 0;
    }
    return lines;
  }
}

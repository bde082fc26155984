package ballot.cli.logging;

import java.nio.charset.StandardCharsets;

/** Writes without a library, for the case that it cannot be loaded: the story matters more. */
final class PlainSink implements Sink {

  private final LineFormat format;
  private final LogStream stream;
  private final StringBuilder pending = new StringBuilder();

  PlainSink(LineFormat format, LogStream stream) {
    this.format = format;
    this.stream = stream;
  }

  @Override
  public void write(LogEntry entry, boolean endsBatch) {
    format.append(pending, entry);
    if (endsBatch) {
      byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
      pending.setLength(0);
      stream.write(bytes, 0, bytes.length);
      stream.flush();
    }
  }

  @Override
  public void close() {
    stream.flush();
  }
}

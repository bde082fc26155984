package ballot.local;

import ballot.api.Candidate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate writes about itself for others to see: lines of {@code name: value}.
 *
 * @param joined when it came to the end of the line
 * @param tenure what it leads, if it does
 */
record Registration(Candidate candidate, Instant joined, @Nullable Tenure tenure) {

  private static final int LONGEST = 16 * 1024;

  /**
   * A leadership.
   *
   * @param lock the inode of the lock file on which it was won
   */
  record Tenure(long term, Instant since, long lock) {}

  Registration leading(Tenure won) {
    return new Registration(candidate, joined, won);
  }

  Registration waitingSince(Instant now) {
    return new Registration(candidate, now, null);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "id", candidate.id());
    line(text, "host", candidate.host());
    line(text, "pid", candidate.pid());
    line(text, "proposed", candidate.proposedAt());
    line(text, "joined", joined);
    if (tenure != null) {
      line(text, "term", tenure.term());
      line(text, "since", tenure.since());
      line(text, "lock", tenure.lock());
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(": ");
    value
        .toString()
        .chars()
        .forEach(unit -> text.append(Character.isISOControl(unit) ? '?' : (char) unit));
    text.append('\n');
  }

  /** Reads a file; empty when it is none of these, or gone. */
  static Optional<Registration> read(Path file) {
    // opening a pipe that somebody put there would hang
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
      while (channel.read(bytes) > 0) {
        // until it is all there
      }
      return parse(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Registration> parse(String text) {
    Map<String, String> values = new HashMap<>();
    text.lines()
        .map(line -> line.split(": ", 2))
        .filter(line -> line.length == 2)
        .forEach(line -> values.put(line[0], line[1]));
    try {
      return Optional.of(
          new Registration(
              new Candidate(
                  value(values, "id"),
                  value(values, "host"),
                  Long.parseLong(value(values, "pid")),
                  Instant.parse(value(values, "proposed"))),
              Instant.parse(value(values, "joined")),
              values.containsKey("term") ? tenure(values) : null));
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Tenure tenure(Map<String, String> values) {
    return new Tenure(
        Long.parseLong(value(values, "term")),
        Instant.parse(value(values, "since")),
        Long.parseLong(value(values, "lock")));
  }

  private static String value(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }
}

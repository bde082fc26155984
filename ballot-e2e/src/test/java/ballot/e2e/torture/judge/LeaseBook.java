package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import ballot.e2e.torture.world.Candidate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Until when each start of a candidate may let its command run, as its log has it. The log tells
 * when the command is killed, which is a margin before the lease ends.
 */
final class LeaseBook {

  private static final Pattern LINE =
      Pattern.compile("\"time\":\"([^\"]+)\".*the guard kills at (\\d+) ms of uptime");

  /** What is kept at the end of a lease for a kill to take effect. */
  private static final long KILL_MARGIN_NANOS = 200_000_000L;

  private static final int KEPT = 500;

  private final Map<String, Page> pages = new HashMap<>();

  private static final class Page {
    private final Path log;
    private long read;
    private String rest = "";
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    private Page(Path log) {
      this.log = log;
    }

    private void readOn() throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
        file.seek(read);
        byte[] bytes = new byte[(int) Math.min(file.length() - read, 8_000_000)];
        file.readFully(bytes);
        read += bytes.length;
        rest += new String(bytes, StandardCharsets.UTF_8);
      }
      int whole = rest.lastIndexOf('\n') + 1;
      rest.substring(0, whole).lines().forEach(this::take);
      rest = rest.substring(whole);
    }

    private void take(String line) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.find()) {
        long saidMillis = Instant.parse(matcher.group(1)).toEpochMilli();
        entries.addLast(new Entry(saidMillis, Long.parseLong(matcher.group(2)) * 1_000_000));
        if (entries.size() > KEPT) {
          entries.removeFirst();
        }
      }
    }
  }

  /** What was said when, by the clock of the machine. */
  private record Entry(long saidMillis, long killAtNanos) {}

  /**
   * When the lease ended that a start had at a moment, as far as it has been logged by now; empty
   * when nothing was. Its lines may come late, but they say when they were written.
   */
  OptionalLong leaseEnds(Candidate.Incarnation incarnation, long atNanos) throws IOException {
    Page page = pages.computeIfAbsent(incarnation.title(), title -> new Page(incarnation.log()));
    page.readOn();
    long atMillis = System.currentTimeMillis() - (BootClock.nanos() - atNanos) / 1_000_000;
    return page.entries.stream()
        .filter(entry -> entry.saidMillis() <= atMillis + 1)
        .mapToLong(entry -> entry.killAtNanos() + KILL_MARGIN_NANOS)
        .reduce((earlier, later) -> later);
  }

  /** Forgets a start that has ended. */
  void close(Candidate.Incarnation incarnation) {
    pages.remove(incarnation.title());
  }
}

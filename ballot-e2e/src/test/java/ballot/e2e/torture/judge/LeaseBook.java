package ballot.e2e.torture.judge;

import ballot.e2e.torture.world.Candidate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

  private static final Pattern LINE = Pattern.compile("the guard kills at (\\d+) ms of uptime");

  /** What is kept at the end of a lease for a kill to take effect. */
  private static final long KILL_MARGIN_NANOS = 200_000_000L;

  private final Map<String, Page> pages = new HashMap<>();

  private static final class Page {
    private final Path log;
    private long read;
    private String rest = "";
    private long killAtNanos = Long.MIN_VALUE;

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
        killAtNanos = Long.parseLong(matcher.group(1)) * 1_000_000;
      }
    }
  }

  /** When the lease of a start ends, as far as it has been logged; empty when nothing was. */
  OptionalLong leaseEnds(Candidate.Incarnation incarnation) throws IOException {
    Page page = pages.computeIfAbsent(incarnation.title(), title -> new Page(incarnation.log()));
    page.readOn();
    return page.killAtNanos == Long.MIN_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(page.killAtNanos + KILL_MARGIN_NANOS);
  }

  /** Forgets a start that has ended. */
  void close(Candidate.Incarnation incarnation) {
    pages.remove(incarnation.title());
  }
}

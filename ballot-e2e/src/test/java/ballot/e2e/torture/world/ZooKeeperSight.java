package ballot.e2e.torture.world;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lease of an election as it stands in the base znode, read many times a second from the
 * servers in turn. A lease of one that is gone stays there until somebody else claims, or empties
 * it.
 */
final class ZooKeeperSight implements Sight {

  private static final long PAUSE_MILLIS = 50;
  private static final Pattern TERM = Pattern.compile("\"term\":\\s*(\\d+)");

  private final List<ZooKeeperServer> servers;
  private final String base;
  private int turn;
  private @Nullable ZooKeeperLine line;

  ZooKeeperSight(List<ZooKeeperServer> servers, String election) {
    this.servers = List.copyOf(servers);
    this.base = "/torture/" + election;
  }

  @Override
  public Optional<Holder> next(Duration longest) {
    try {
      Thread.sleep(PAUSE_MILLIS);
      ZooKeeperLine open = line;
      if (open == null) {
        open = ZooKeeperLine.to(servers.get(turn % servers.size()).host());
        line = open;
      }
      return open.read(base).map(ZooKeeperSight::holder);
    } catch (IOException silent) {
      hangUp();
      turn++;
      return Optional.empty();
    } catch (InterruptedException closing) {
      hangUp();
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void hangUp() {
    if (line != null) {
      line.close();
      line = null;
    }
  }

  /** The writing that wins says 0: its transaction is the term. */
  private static Holder holder(ZooKeeperLine.Node lease) {
    Matcher matcher = TERM.matcher(lease.text());
    if (!matcher.find()) {
      return new Holder(OptionalLong.empty(), lease.changed());
    }
    long term = Long.parseLong(matcher.group(1));
    return new Holder(OptionalLong.of(term == 0 ? lease.changed() : term), lease.changed());
  }
}

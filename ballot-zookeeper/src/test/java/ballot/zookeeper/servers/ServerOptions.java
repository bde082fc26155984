package ballot.zookeeper.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is configured with.
 *
 * @param tick the server's unit of time: sessions last from 2 to 20 of it, and end on a multiple
 * @param lines further lines of its configuration file
 * @param properties further options of its JVM
 */
public record ServerOptions(Duration tick, List<String> lines, List<String> properties) {

  /** Sessions from 1 s to 10 s. */
  public static ServerOptions usual() {
    return new ServerOptions(Duration.ofMillis(500), List.of(), List.of());
  }

  /** The same with a further line of configuration. */
  public ServerOptions line(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new ServerOptions(tick, List.copyOf(more), properties);
  }

  /** The same with a further system property. */
  public ServerOptions property(String name, Object value) {
    List<String> more = new ArrayList<>(properties);
    more.add("-D" + name + "=" + value);
    return new ServerOptions(tick, lines, List.copyOf(more));
  }
}

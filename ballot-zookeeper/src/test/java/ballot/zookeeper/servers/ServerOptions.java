package ballot.zookeeper.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is configured with.
 *
 * @param tick the server's unit of time: sessions last from 2 to 20 of it, and end on a multiple
 * @param securePort where it speaks TLS and nothing else; 0 if nowhere
 * @param lines further lines of its configuration file
 * @param properties further options of its JVM
 */
public record ServerOptions(
    Duration tick, int securePort, List<String> lines, List<String> properties) {

  /** Sessions from 1 s to 10 s. */
  public static ServerOptions usual() {
    return new ServerOptions(Duration.ofMillis(500), 0, List.of(), List.of());
  }

  /** The same with a port for TLS. */
  public ServerOptions secureAt(int port) {
    return new ServerOptions(tick, port, lines, properties)
        .line("secureClientPort=" + port)
        .line("secureClientPortAddress=127.0.0.1");
  }

  /** The same with a further line of configuration. */
  public ServerOptions line(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new ServerOptions(tick, securePort, List.copyOf(more), properties);
  }

  /** The same with a further system property. */
  public ServerOptions property(String name, Object value) {
    List<String> more = new ArrayList<>(properties);
    more.add("-D" + name + "=" + value);
    return new ServerOptions(tick, securePort, lines, List.copyOf(more));
  }
}

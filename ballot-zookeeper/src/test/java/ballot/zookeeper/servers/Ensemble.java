package ballot.zookeeper.servers;

import ballot.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Three servers that keep one state between them. */
public final class Ensemble implements AutoCloseable {

  private static final int SIZE = 3;
  private static final Duration START = Duration.ofSeconds(60);

  private final List<Server> servers = new ArrayList<>();

  private Ensemble(ServerOptions options) {
    List<Integer> ports = Ports.free(3 * SIZE);
    List<String> lines = new ArrayList<>();
    for (int number = 0; number < SIZE; number++) {
      int first = 3 * number;
      lines.add(
          "server.%d=127.0.0.1:%d:%d"
              .formatted(number + 1, ports.get(first + 1), ports.get(first + 2)));
    }
    for (int number = 0; number < SIZE; number++) {
      servers.add(new Server(ports.get(3 * number), lines, number + 1, options));
    }
  }

  /** With sessions from 1 s to 10 s; all three serve. */
  public static Ensemble start() {
    Ensemble ensemble = new Ensemble(ServerOptions.usual());
    ensemble.servers.forEach(Server::launch);
    ensemble.ready();
    return ensemble;
  }

  /** Waits until all three serve. */
  public void ready() {
    servers.forEach(Server::ready);
  }

  /** All of them, for a connection string. */
  public String address() {
    return servers.stream().map(Server::address).collect(Collectors.joining(","));
  }

  public List<Server> servers() {
    return List.copyOf(servers);
  }

  /** The one that leads the ensemble. */
  public Server leading() {
    return Await.value("the ensemble has a leading server", START, () -> find("leader"));
  }

  /** One that does not lead the ensemble. */
  public Server following() {
    return Await.value("the ensemble has a following server", START, () -> find("follower"));
  }

  private @Nullable Server find(String mode) {
    return servers.stream().filter(server -> server.mode().equals(mode)).findFirst().orElse(null);
  }

  /** All three at once, as a power cut would. */
  public void killAll() {
    servers.forEach(Server::kill);
  }

  /** Starts all three on what they had on disk, and waits until they serve. */
  public void bringBack() {
    servers.forEach(Server::launch);
    ready();
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
  }
}

package ballot.e2e.torture.world;

import ballot.e2e.site.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a candidate stands.
 *
 * @param number from 1
 * @param host empty where all stand on this machine
 * @param agent what it asks on its own host, where there is such a thing
 * @param options what it is told of its store
 * @param environment the same, where it is secret
 */
public record Site(
    int number,
    Optional<Network.Host> host,
    Optional<Server> agent,
    List<String> options,
    Map<String, String> environment) {

  /** Copies the collections. */
  public Site {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** The words before a command that is to run there. */
  public List<String> words() {
    return host.map(Network.Host::words).orElse(List.of());
  }
}

package ballot.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to register an instance of a service.
 *
 * @param address where it serves; empty for the node's address
 * @param port on which port; 0 for none
 * @param tags beside those of the election
 * @param check how its health is found, if at all
 */
public record ServiceRegistration(
    Optional<String> address, int port, List<String> tags, Optional<Check> check) {

  /** Copies the tags. */
  public ServiceRegistration {
    tags = List.copyOf(tags);
  }

  /** How health is found. */
  public sealed interface Check {

    /** The store asks a URL every so often. */
    record Http(String url, Duration interval, Duration timeout) implements Check {}

    /** The store connects to {@code host:port} every so often. */
    record Tcp(String address, Duration interval, Duration timeout) implements Check {}

    /** Somebody tells the store that the instance lives, and has so long until the next time. */
    record Ttl(Duration ttl) implements Check {}
  }
}

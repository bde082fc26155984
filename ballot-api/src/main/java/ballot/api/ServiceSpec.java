package ballot.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One service for which this process stands, as its operator describes it.
 *
 * @param service the name of the service, under which it is registered; empty where nobody knows
 *     it: then it is the one that the instance with that id belongs to, found when somebody looks,
 *     and again after the instance was not there. Several instances of different services that
 *     match are none. What is to be registered needs a name
 * @param id the id of the own instance on this node: exact, or a glob with {@code *} and {@code ?}
 *     that one instance matches
 * @param token a secret of its own for everything that concerns this service; empty to use that of
 *     the store
 * @param checks the checks that decide whether the instance is fit, by name or id; empty for all
 *     that belong to the instance
 * @param primaryTag what the instance that leads is tagged with
 * @param replicaTag what every other is tagged with, if anything
 * @param sessionMeta under which name of the registration's meta the session is written, if at all
 * @param ttl how long the store keeps a leadership whose holder is silent
 * @param lockDelay how long the store lets nobody else lead after a leader was lost
 * @param registration how to register the instance, where that is ours to do
 */
public record ServiceSpec(
    String service,
    String id,
    Optional<String> token,
    List<String> checks,
    String primaryTag,
    Optional<String> replicaTag,
    Optional<String> sessionMeta,
    Duration ttl,
    Duration lockDelay,
    Optional<ServiceRegistration> registration) {

  /** Copies the checks. */
  public ServiceSpec {
    checks = List.copyOf(checks);
  }

  /** The tag of a role, if it has one. */
  public Optional<String> tag(Role role) {
    return switch (role) {
      case PRIMARY -> Optional.of(primaryTag);
      case REPLICA -> replicaTag;
      case NONE -> Optional.empty();
    };
  }

  /** What an instance is in the election of its service. */
  public enum Role {
    /** It leads. */
    PRIMARY,
    /** It could, and another does. */
    REPLICA,
    /** It takes no part: nobody stands for it any more. */
    NONE
  }

  /** Does not show the token. */
  @Override
  public String toString() {
    return service.isEmpty() ? "instance " + id : "service " + service + ", instance " + id;
  }
}

package ballot.e2e.torture.world;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Instances of a service, as somebody registered them and as everybody sees them. */
public interface Registry {

  /** The service of {@code ballot run}. */
  String SERVICE = "web";

  /**
   * One of them.
   *
   * @param rest all of it but its tags, in words
   */
  record Instance(String id, Set<String> tags, Map<String, String> rest) {}

  /** Registers an instance with the agent of a site. */
  void register(Site site, String id);

  /** All instances that the servers know; empty when they do not say. */
  Optional<List<Instance>> instances();
}

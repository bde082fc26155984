package ballot.consul;

import ballot.api.ServiceSpec;
import org.jspecify.annotations.Nullable;

/**
 * What somebody attends to: all of a service on the node, or where its name is not known what has
 * the id of its instance.
 *
 * @param service its name; empty where it is not known
 * @param id null where the name is known
 */
record Topic(String service, @Nullable InstanceName id) {

  static Topic of(ServiceSpec spec) {
    return spec.service().isEmpty()
        ? new Topic("", new InstanceName(spec.id()))
        : named(spec.service());
  }

  static Topic named(String service) {
    return new Topic(service, null);
  }

  /** Whether it is found by an id, and that one is its. */
  boolean isOfId(String other) {
    return id != null && id.matches(other);
  }
}

package ballot.consul;

import ballot.api.ServiceInstance.Place;
import ballot.api.ServiceInstance.Sighting;
import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the own instance of a service on the agent, and judges whether it may lead. */
final class Finder {

  private final LocalAgent agent;
  private final ServiceSpec spec;
  private final InstanceName name;

  Finder(LocalAgent agent, ServiceSpec spec) {
    this.agent = agent;
    this.spec = spec;
    this.name = new InstanceName(spec.id());
  }

  /**
   * What was found.
   *
   * @param health of the instance, if there is exactly one
   * @param unfit why it must not lead
   */
  record Found(Optional<Health> health, Optional<String> unfit) {

    /** What a session is to hang on. */
    Ties ties(ServiceSpec spec) {
      return health.map(known -> known.ties(spec.checks())).orElse(Ties.NONE);
    }
  }

  Found find(Patience patience) throws StoreException {
    if (name.isPattern()) {
      List<Health> matching =
          agent.healthOfAll(spec.service(), patience).stream()
              .map(Health::new)
              .filter(health -> name.matches(health.id()))
              .toList();
      return matching.size() == 1 ? judged(matching.getFirst()) : notOne(matching);
    }
    Optional<Health> exact = agent.health(spec.id(), patience).map(Health::new);
    return exact.isPresent() ? judged(exact.get()) : notOne(List.of());
  }

  private Found judged(Health health) {
    if (!health.serviceName().equals(spec.service())) {
      return new Found(
          Optional.empty(),
          Optional.of(
              "instance "
                  + health.id()
                  + " is one of "
                  + health.serviceName()
                  + ", not of "
                  + spec.service()));
    }
    return new Found(Optional.of(health), health.unfit(spec.checks()));
  }

  private Found notOne(List<Health> matching) {
    String why =
        matching.isEmpty()
            ? "no instance " + name + " of " + spec.service() + " is registered on this node"
            : "several instances match "
                + name
                + ": "
                + matching.stream().map(Health::id).sorted().collect(Collectors.joining(", "));
    return new Found(Optional.empty(), Optional.of(why));
  }

  /** The same for who is to act on it. */
  Sighting sighting(Found found, Patience patience) throws StoreException {
    Optional<Place> place = Optional.empty();
    if (found.health().isPresent()) {
      place = Optional.of(place(found.health().get(), patience));
    }
    return new Sighting(place, found.unfit());
  }

  private Place place(Health health, Patience patience) throws StoreException {
    String address = health.address();
    return new Place(
        health.id(), address.isEmpty() ? agent.node(patience).address() : address, health.port());
  }
}

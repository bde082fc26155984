package ballot.consul;

import ballot.api.ServiceInstance.Place;
import ballot.api.ServiceInstance.Sighting;
import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import java.util.List;
import java.util.Optional;

/** Finds the own instance of a service on the agent, and judges whether it may lead. */
final class Finder {

  private final LocalAgent agent;
  private final ServiceSpec spec;
  private final InstanceName name;
  private final ServiceName service;

  Finder(LocalAgent agent, ServiceSpec spec) {
    this.agent = agent;
    this.spec = spec;
    this.name = new InstanceName(spec.id());
    this.service = new ServiceName(agent, spec);
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
    try {
      List<Health> found = name.isPattern() ? matching(patience) : exact(patience);
      return found.size() == 1 ? judged(found.getFirst()) : notOne(found);
    } catch (UnfitException unclear) {
      return new Found(Optional.empty(), Optional.of(unclear.because()));
    }
  }

  private List<Health> exact(Patience patience) throws StoreException {
    return agent.health(spec.id(), patience).map(Health::new).stream().toList();
  }

  private List<Health> matching(Patience patience) throws StoreException, UnfitException {
    List<Health> matching = matching(service.find(patience), patience);
    return matching.isEmpty() && service.forget()
        ? matching(service.find(patience), patience)
        : matching;
  }

  private List<Health> matching(Optional<String> itsService, Patience patience)
      throws StoreException {
    return itsService.isEmpty()
        ? List.of()
        : agent.healthOfAll(itsService.get(), patience).stream()
            .map(Health::new)
            .filter(health -> name.matches(health.id()))
            .toList();
  }

  private Found judged(Health health) {
    if (!service.admits(health.serviceName())) {
      return new Found(
          Optional.empty(),
          Optional.of(
              "instance "
                  + health.id()
                  + " is one of "
                  + health.serviceName()
                  + ", not"
                  + service.ofService()));
    }
    return new Found(Optional.of(health), health.unfit(spec.checks()));
  }

  private Found notOne(List<Health> matching) {
    String why =
        matching.isEmpty()
            ? "no instance " + name + service.ofService() + " is registered on this node"
            : name.severalMatch(matching.stream().map(Health::id).toList());
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

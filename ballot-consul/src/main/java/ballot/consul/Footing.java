package ballot.consul;

import ballot.api.ServiceInstance.Place;
import ballot.api.StoreException;
import java.util.Optional;

/** What a candidate stands on: nothing but itself, or the instance of a service. */
@FunctionalInterface
interface Footing {

  /** Of a candidate that stands for no service. */
  Footing ITSELF = patience -> Optional.empty();

  /**
   * Looks whether the candidate may lead.
   *
   * @return where its instance serves, if it stands for one
   * @throws UnfitException when it may not
   */
  Optional<Place> look(Patience patience) throws StoreException, UnfitException;
}

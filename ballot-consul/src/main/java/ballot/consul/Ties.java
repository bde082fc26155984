package ballot.consul;

import ballot.api.StoreException;
import java.util.List;

/**
 * The checks that a session hangs on besides our own: it ends as soon as one of them is critical.
 *
 * @param nodeChecks ids of checks of the node
 * @param serviceChecks ids of checks of services on it
 */
record Ties(List<String> nodeChecks, List<String> serviceChecks) {

  /** None. */
  static final Ties NONE = new Ties(List.of(), List.of());

  Ties {
    nodeChecks = List.copyOf(nodeChecks);
    serviceChecks = List.copyOf(serviceChecks);
  }

  /** Says what a session that is about to be made is to hang on. */
  @FunctionalInterface
  interface Source {
    Ties ties(Patience patience) throws StoreException, UnfitException;
  }
}

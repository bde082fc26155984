package ballot.e2e.torture.world;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A store, the sites of its candidates, and what may be expected of them. */
public interface World extends AutoCloseable {

  /** What the command line calls it. */
  String name();

  /** Where candidates stand. */
  List<Site> sites();

  /** The servers of the store; none where it is a folder. */
  List<Server> servers();

  /** How long a lease holds that is not renewed; for where none is bounded, a usual one. */
  Duration lease();

  /** The same for a leader that only the servers do not hear any more. */
  default Duration leaseOfServers() {
    return lease();
  }

  /** Within what time somebody leads again when all faults have ceased. */
  Bound bound();

  /** How to go past ballot, where somebody knows how. */
  default Optional<Tampering> tampering() {
    return Optional.empty();
  }

  /** How to go past ballot on the agents of its hosts, where there are such. */
  default Optional<AgentTampering> agentTampering() {
    return Optional.empty();
  }

  /** How to see what the store says of an election, where somebody knows how. */
  default Optional<Sight> sight(String election) {
    return Optional.empty();
  }

  /** Whether the store calls an election another's as soon as its leader's ballot is dead. */
  default boolean passesOnAtDeath() {
    return false;
  }

  /** Where services are registered, where there is such a place. */
  default Optional<Registry> registry() {
    return Optional.empty();
  }

  /** What candidates have in the store by now, sessions and the like, one line for each. */
  default List<String> belongings() {
    return List.of();
  }

  /**
   * The processes that have something registered which a killed one leaves for a minute or two, one
   * entry for each thing.
   */
  default List<Long> registrations() {
    return List.of();
  }

  /** Waits until the store answers. */
  void awaitService() throws Exception;

  /** A sum and its parts, for the report. */
  record Bound(Duration whole, String because) {

    /** The same on a machine that is so much slower. */
    public Bound plus(Duration slowness) {
      return new Bound(
          whole.plus(slowness),
          because + "; " + slowness.toMillis() + " ms for what else the machine does");
    }
  }

  @Override
  void close() throws Exception;
}

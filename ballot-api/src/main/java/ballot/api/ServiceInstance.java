package ballot.api;

import java.time.Duration;
import java.util.Optional;

/**
 * The own instance of one service: what this process stands for.
 *
 * <p>Questions come one at a time, each with a budget, from one thread that may block, which need
 * not be the one that asks the candidacy; only {@link #close} may be called from another thread at
 * any moment and makes a question under way return. Interruption, silence and refusal are as with
 * {@link Candidacy}.
 */
public interface ServiceInstance extends AutoCloseable {

  /**
   * The election's part, to be asked as any other. It wins only for an instance that is there and
   * fit, as far as the store itself can see; whoever asks looks first.
   *
   * <p>May be called once.
   */
  Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal);

  /**
   * The store's session under which the candidacy stands or leads, where there is one. Any thread.
   */
  Optional<String> session();

  /**
   * Looks at the instance as its own node knows it, which works also while the node is cut off from
   * the store's servers. A candidacy that waits leaves the line when its instance must not lead,
   * until it campaigns again.
   *
   * @throws UnavailableException when the node's agent did not answer
   * @throws RejectedException when it refused
   */
  Sighting look(Duration budget) throws StoreException;

  /**
   * Sees to it that the instance carries the tag of its role and not that of the other, and that
   * nothing else of its registration changes. When the instance leads, others that still carry the
   * primary tag although they cannot lead lose it. Writes only what is not so already, so it may be
   * called again and again; does nothing when there is no instance. Another role than that of the
   * leader means that nothing is left of a leader's work: where a leadership was taken away, others
   * may be told so.
   *
   * @param session what is written into the registration's meta where that was asked for
   * @throws UnavailableException nobody knows; call it again
   * @throws RejectedException the store refused
   */
  void wear(ServiceSpec.Role role, Optional<String> session, Duration budget) throws StoreException;

  /**
   * Registers the instance if that is ours to do and nobody did, and takes over what a process of
   * ours that died has left; keeps a check alive that has to be told. To be called once at the
   * start, and again when {@link #look} finds no instance.
   */
  void register(Duration budget) throws StoreException;

  /** Takes back what {@link #register} put there, and nothing else. */
  void deregister(Duration budget) throws StoreException;

  /** Ends watching. Takes nothing back. Idempotent, any thread, keeps the interrupt flag. */
  @Override
  void close();

  /**
   * What was seen.
   *
   * @param place the instance, if it is there
   * @param unfit why it must not lead, in a clause for a person; empty when it may
   */
  record Sighting(Optional<Place> place, Optional<String> unfit) {}

  /**
   * Where an instance serves.
   *
   * @param id its id
   * @param address its address; that of the node where it has none of its own
   * @param port its port, 0 for none
   */
  record Place(String id, String address, int port) {}
}

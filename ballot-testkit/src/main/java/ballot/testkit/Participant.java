package ballot.testkit;

import ballot.api.ElectionStore;

/**
 * One process that takes part in elections, as the contract sees it: a store of its own, and the
 * troubles that can befall it. Two candidates of a test are always two participants.
 */
public interface Participant extends AutoCloseable {

  /** The store that this participant opened. */
  ElectionStore store();

  /**
   * From now on the participant shows no sign of life: it asks nothing any more, and nothing that
   * it does in the background reaches the store either. Where the store looks at the process
   * itself, as the kernel does, there is nothing to do: the process is still there.
   */
  void fallSilent();

  /** From now on the store answers none of this participant's questions: they hang. */
  void cutOff();

  /** Ends what {@link #cutOff} began. */
  void reconnect();

  /** Closes the store and frees what the test set up for it. */
  @Override
  void close();
}

package ballot.e2e.torture.world;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks at who holds an election as the store has it, going past ballot. For one thread. */
public interface Sight {

  /**
   * What the store said.
   *
   * @param term the term that is held; empty when nobody holds the election
   * @param newest the store had seen this many changes: terms beyond it came after
   */
  record Holder(OptionalLong term, long newest) {}

  /** Waits for a change, no longer than this; empty when the store did not answer. */
  Optional<Holder> next(Duration longest);
}

package ballot.engine;

import ballot.api.Term;
import ballot.engine.core.Effect;
import java.util.Optional;

/**
 * Where the story of an election goes: one line for every change, for whoever reads the log at
 * three in the morning. Called on the engine's thread; returns at once and throws nothing.
 */
@FunctionalInterface
public interface Chronicle {

  /** Writes a line. */
  void tell(Effect.Level level, String message, Optional<Term> term);
}

package ballot.engine;

import ballot.engine.core.Moment;

/** The clock of an engine. Never goes back; safe for use by many threads. */
@FunctionalInterface
public interface Now {

  /** The present moment. */
  Moment read();
}

package ballot.engine.core;

import java.util.List;

/**
 * What follows from one event.
 *
 * @param next the snapshot that the next event meets
 * @param effects what the driver does now, in order
 */
public record Step(Snapshot next, List<Effect> effects) {

  /** Copies the effects. */
  public Step {
    effects = List.copyOf(effects);
  }
}

package ballot.engine.simulation;

import java.util.List;

/** An invariant does not hold. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String invariant;
  private final transient List<SimulatedCandidate> involved;

  Violation(String invariant, String message, SimulatedCandidate... involved) {
    super(invariant + ": " + message);
    this.invariant = invariant;
    this.involved = List.of(involved);
  }

  String invariant() {
    return invariant;
  }

  /** Whose doings explain it. */
  List<SimulatedCandidate> involved() {
    return involved;
  }
}

package ballot.engine.core;

/** All there is to know about one candidate in one election at one moment. Immutable. */
public final class Snapshot {

  final State state;
  final Memory memory;

  Snapshot(State state, Memory memory) {
    this.state = state;
    this.memory = memory;
  }

  /** Where the candidate is. */
  public State state() {
    return state;
  }

  /** When the next {@link Event.Tick} is due, if nothing happens before. */
  public Moment wakeAt() {
    return state.wakeAt(memory.open().isPresent());
  }

  @Override
  public String toString() {
    return state + " " + memory;
  }
}

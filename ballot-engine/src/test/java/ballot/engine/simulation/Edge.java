package ballot.engine.simulation;

import ballot.engine.core.State;
import ballot.engine.core.Wording;
import java.util.ArrayList;
import java.util.List;

/** A change from one state to another within one step. */
record Edge(Class<? extends State> from, Class<? extends State> to) {

  /** Every change that may happen. */
  static final List<Edge> LEGAL = legal();

  private static List<Edge> legal() {
    List<Edge> edges = new ArrayList<>();
    from(edges, State.Standing.class, State.Leading.class, State.Resigning.class);
    from(edges, State.Standing.class, State.Caretaking.class, State.Retired.class);
    from(edges, State.Leading.class, State.SteppingDown.class, State.Resigning.class);
    from(edges, State.Leading.class, State.Standing.class, State.Caretaking.class);
    from(edges, State.Leading.class, State.Retired.class);
    from(edges, State.SteppingDown.class, State.Resigning.class, State.Standing.class);
    from(edges, State.SteppingDown.class, State.Retired.class);
    from(edges, State.Resigning.class, State.Standing.class, State.Retired.class);
    from(edges, State.Caretaking.class, State.Leading.class, State.Standing.class);
    from(edges, State.Caretaking.class, State.SteppingDown.class, State.Retired.class);
    return List.copyOf(edges);
  }

  @SafeVarargs
  private static void from(
      List<Edge> edges, Class<? extends State> from, Class<? extends State>... others) {
    for (Class<? extends State> to : others) {
      edges.add(new Edge(from, to));
    }
  }

  static int indexOf(State from, State to) {
    for (int i = 0; i < LEGAL.size(); i++) {
      Edge edge = LEGAL.get(i);
      if (edge.from == from.getClass() && edge.to == to.getClass()) {
        return i;
      }
    }
    throw new Violation(
        "legal edges", Wording.of(from) + " became " + Wording.of(to) + ", which is no edge");
  }

  @Override
  public String toString() {
    return "%-12s -> %s".formatted(from.getSimpleName(), to.getSimpleName());
  }
}

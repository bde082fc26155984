package ballot.engine.simulation;

import ballot.engine.core.State;
import java.util.Locale;

/** How often everything happened, over one simulation or many. */
final class Tally {

  private final long[] faults = new long[Fault.values().length];
  private final long[] edges = new long[Edge.LEGAL.size()];
  long seeds;
  long steps;
  long virtualNanos;
  long leaderships;
  long runs;
  long longestRecovery;

  void count(Fault fault) {
    faults[fault.ordinal()]++;
  }

  void count(State from, State to) {
    if (from.getClass() != to.getClass()) {
      edges[Edge.indexOf(from, to)]++;
    }
  }

  long of(Fault fault) {
    return faults[fault.ordinal()];
  }

  long of(Edge edge) {
    return edges[Edge.LEGAL.indexOf(edge)];
  }

  void add(Tally other) {
    for (int i = 0; i < faults.length; i++) {
      faults[i] += other.faults[i];
    }
    for (int i = 0; i < edges.length; i++) {
      edges[i] += other.edges[i];
    }
    seeds += other.seeds;
    steps += other.steps;
    virtualNanos += other.virtualNanos;
    leaderships += other.leaderships;
    runs += other.runs;
    longestRecovery = Math.max(longestRecovery, other.longestRecovery);
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    line(table, "seeds", seeds);
    line(table, "hours of virtual time", virtualNanos / Dice.SECOND / 3600);
    line(table, "steps of machines", steps);
    line(table, "leaderships", leaderships);
    line(table, "runs of commands", runs);
    line(
        table,
        "ms at most from the last fault until somebody led and worked",
        longestRecovery / Dice.MS);
    table.append('\n');
    for (Fault fault : Fault.values()) {
      line(table, fault.words, of(fault));
    }
    table.append('\n');
    for (Edge edge : Edge.LEGAL) {
      line(table, edge.toString(), of(edge));
    }
    return table.toString();
  }

  private static void line(StringBuilder table, String words, long count) {
    table.append(String.format(Locale.ROOT, "%,14d  %s%n", count, words));
  }
}

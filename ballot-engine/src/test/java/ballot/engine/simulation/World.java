package ballot.engine.simulation;

import java.util.PriorityQueue;

/** Virtual time: one queue of what will happen, in order of time and then of planning. */
final class World {

  final Dice dice;
  final Tally tally;
  final Trace trace;
  private final PriorityQueue<Planned> plan = new PriorityQueue<>(64);
  private long now;
  private long planned;

  private record Planned(long at, long order, Runnable happening) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  World(Dice dice, Tally tally, Trace trace) {
    this.dice = dice;
    this.tally = tally;
    this.trace = trace;
  }

  /** True time in nanoseconds since the beginning. Nobody in this world can read it. */
  long now() {
    return now;
  }

  void at(long when, Runnable happening) {
    plan.add(new Planned(Math.max(when, now), planned++, happening));
  }

  void in(long delay, Runnable happening) {
    at(now + delay, happening);
  }

  /** Lets the next thing happen, if there is one before the end. */
  boolean step(long end) {
    Planned next = plan.peek();
    if (next == null || next.at() > end) {
      now = Math.max(now, end);
      return false;
    }
    plan.remove();
    now = next.at();
    next.happening().run();
    return true;
  }
}

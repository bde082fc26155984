package ballot.engine.agenda;

import java.util.PriorityQueue;

/** Virtual time: what will happen, in order of time and then of planning. */
final class Course {

  private final PriorityQueue<Planned> plan = new PriorityQueue<>(64);
  private long now;
  private long planned;

  private record Planned(long at, long order, Runnable happening) implements Comparable<Planned> {
    @Override
    public int compareTo(Planned other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /** True time in nanoseconds since the beginning. */
  long now() {
    return now;
  }

  void at(long when, Runnable happening) {
    plan.add(new Planned(Math.max(when, now), planned++, happening));
  }

  void in(long delay, Runnable happening) {
    at(now + delay, happening);
  }

  void runUntil(long end) {
    for (Planned next = plan.peek(); next != null && next.at() <= end; next = plan.peek()) {
      plan.remove();
      now = next.at();
      next.happening().run();
    }
    now = Math.max(now, end);
  }
}

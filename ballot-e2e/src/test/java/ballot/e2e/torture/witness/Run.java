package ballot.e2e.torture.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** One run of a command, from its first line to the end of its last process. */
public final class Run {

  private static final long ALIVE = Long.MAX_VALUE;

  private final Start start;
  private final long beganNanos;
  private final List<Long> termed = new ArrayList<>();
  private volatile long endedNanos = ALIVE;
  private volatile int status = -1;

  /**
   * What a command says of itself.
   *
   * @param leads whether it runs under a leadership
   * @param alone whether no process of another run was alive as it began: the kernel's word
   * @param tick of the schedule, or a dash
   */
  public record Start(
      String election,
      String candidate,
      int incarnation,
      long pid,
      long token,
      String kind,
      boolean leads,
      boolean alone,
      String tick) {

    static Start parse(String[] words) {
      return new Start(
          words[1],
          words[2],
          Integer.parseInt(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[5]),
          words[6],
          words[7].equals("leads"),
          words[8].equals("alone"),
          words[9]);
    }
  }

  Run(Start start, long beganNanos) {
    this.start = start;
    this.beganNanos = beganNanos;
  }

  /** What it said. */
  public Start start() {
    return start;
  }

  /** When it was heard of, on the boot clock. */
  public long beganNanos() {
    return beganNanos;
  }

  /** When nothing of it was left; in the far future while something is. */
  public long endedNanos() {
    return endedNanos;
  }

  /** Whether any process of it is alive, stopped ones included. */
  public boolean isAlive() {
    return endedNanos == ALIVE;
  }

  /** What it said that it would end with, if it ended by itself. */
  public OptionalInt status() {
    return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The processes that were asked to end, once for each time. */
  public synchronized List<Long> termed() {
    return List.copyOf(termed);
  }

  synchronized void heard(String[] words) {
    switch (words[0]) {
      case "term" -> termed.add(Long.parseLong(words[1]));
      case "exit" -> status = Integer.parseInt(words[1]);
      default -> throw new IllegalStateException("a command said " + String.join(" ", words));
    }
  }

  void ended(long atNanos) {
    endedNanos = atNanos;
  }

  @Override
  public String toString() {
    return "%s.%d's %s run of pid %d under term %d"
        .formatted(start.candidate, start.incarnation, start.kind, start.pid, start.token);
  }
}

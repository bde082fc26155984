package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What was found to be against the rules. Safe for use by many threads. */
public final class Docket {

  private final Consumer<Violation> alarm;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * One that was found.
   *
   * @param rule which one, such as {@code I1}
   * @param atNanos when, on the boot clock
   */
  public record Violation(String rule, String what, long atNanos) {}

  /**
   * An empty one.
   *
   * @param alarm told of each as it is found
   */
  public Docket(Consumer<Violation> alarm) {
    this.alarm = alarm;
  }

  /** Notes one. */
  public void note(String rule, String what) {
    Violation violation = new Violation(rule, what, BootClock.nanos());
    synchronized (this) {
      violations.add(violation);
    }
    alarm.accept(violation);
  }

  /** All so far. */
  public synchronized List<Violation> violations() {
    return List.copyOf(violations);
  }
}

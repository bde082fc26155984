package ballot.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a guard was told and the next one has to be told again. All methods are called on the desk.
 */
final class GuardBook {

  private final Map<Long, Entry> runs = new LinkedHashMap<>();
  private final Map<Long, Order> unconfirmed = new LinkedHashMap<>();

  /** Something that the guard was told to do and has not confirmed. */
  private record Order(long run, String line) {}

  /** What is known of a run. */
  private static final class Entry {
    private Deadline deadline = Deadline.NEVER;
    private @Nullable Kin kin;
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** A run is to be expected, or may go on, until then; gives the line that says so. */
  String expect(long run, Deadline deadline) {
    runs.computeIfAbsent(run, unknown -> new Entry()).deadline = deadline;
    return expectation(run, deadline);
  }

  /** The processes of a run are known. */
  void know(long run, Kin kin) {
    Entry entry = runs.get(run);
    if (entry != null) {
      entry.kin = kin;
    }
  }

  /** An order was given that counts only once it is confirmed. */
  void order(long number, long run, String line) {
    unconfirmed.put(number, new Order(run, line));
  }

  void confirm(long number) {
    unconfirmed.remove(number);
  }

  /** A run is gone; says whether it was expected. */
  boolean forget(long run) {
    unconfirmed.values().removeIf(order -> order.run() == run);
    return runs.remove(run) != null;
  }

  /** Reads everything out, in the order in which it came. */
  void recite(Consumer<String> guard) {
    runs.forEach(
        (run, entry) -> {
          guard.accept(expectation(run, entry.deadline));
          if (entry.kin != null) {
            guard.accept(entry.kin.registration(run));
          }
        });
    unconfirmed.values().forEach(order -> guard.accept(order.line()));
  }

  private static String expectation(long run, Deadline deadline) {
    return "until %d %s".formatted(run, deadline.word());
  }
}

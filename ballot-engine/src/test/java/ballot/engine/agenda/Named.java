package ballot.engine.agenda;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ticks that some page ever named. */
final class Named {

  private final TreeMap<Instant, Instant> spans = new TreeMap<>();
  private @Nullable Instant from;

  /** The first page: nothing before it is owed. */
  void begin(Instant decidedUntil) {
    from = from == null ? decidedUntil : from;
  }

  Instant from() {
    return from == null ? Instant.MIN : from;
  }

  /** Spans are kept apart from each other. */
  void add(Instant first, Instant last) {
    Instant low = first;
    Instant high = last;
    for (Map.Entry<Instant, Instant> near = spans.floorEntry(high);
        near != null && !near.getValue().isBefore(low);
        near = spans.floorEntry(high)) {
      low = near.getKey().isBefore(low) ? near.getKey() : low;
      high = near.getValue().isAfter(high) ? near.getValue() : high;
      spans.remove(near.getKey());
    }
    spans.put(low, high);
  }

  boolean contains(Instant tick) {
    Map.Entry<Instant, Instant> near = spans.floorEntry(tick);
    return near != null && !near.getValue().isBefore(tick);
  }

  static boolean isNamed(Book book, Instant tick) {
    return book.entries().stream()
        .anyMatch(
            entry ->
                entry instanceof Entry.NotRun ticks
                    && !tick.isBefore(ticks.first())
                    && !tick.isAfter(ticks.last()));
  }
}

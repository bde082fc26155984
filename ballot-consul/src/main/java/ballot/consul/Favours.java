package ballot.consul;

import ballot.api.Term;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Whom a candidate has given way to as a leader: each once a minute at most, so that one who does
 * not keep what it gets cannot chase everybody else. Used by one thread at a time.
 */
final class Favours {

  private static final long ONCE_IN_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier clock;
  private final Map<String, Favour> done = new HashMap<>();

  /** One was given way to, with that leadership. */
  private record Favour(Term term, long at) {}

  /** None so far; by a clock of nanoseconds. */
  Favours(LongSupplier clock) {
    this.clock = clock;
  }

  /** Whether the leadership of a term may be given up for one who asks, now or still. */
  boolean mayBeAsked(String asker, Term term) {
    Favour last = done.get(asker);
    return last == null || last.term().equals(term) || isLongAgo(last);
  }

  /** It is given up; said again and again until it is. */
  void does(String asker, Term term) {
    done.values().removeIf(this::isLongAgo);
    done.putIfAbsent(asker, new Favour(term, clock.getAsLong()));
  }

  /** Whether one was given way to within the last minute. */
  boolean wasDone(String asker) {
    Favour last = done.get(asker);
    return last != null && !isLongAgo(last);
  }

  private boolean isLongAgo(Favour favour) {
    return clock.getAsLong() - favour.at() >= ONCE_IN_NANOS;
  }
}

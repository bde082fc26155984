package ballot.e2e.torture.nemesis;

import ballot.api.BootClock;
import ballot.e2e.torture.world.Candidate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Remembers which parts of which start of a candidate were taken away, and tells when ballot and
 * guard were so at one time: then nothing is left that could keep what is promised.
 */
final class Losses {

  /** So long after its end a loss may still be felt: a guard that hangs is replaced within this. */
  private static final Duration FELT = Duration.ofSeconds(8);

  private final Consumer<Candidate.Incarnation> both;
  private final Map<String, Map<Part, Long>> feltUntil = new HashMap<>();

  Losses(Consumer<Candidate.Incarnation> both) {
    this.both = both;
  }

  void note(Candidate.Incarnation whose, Part part, Duration lasts) {
    Map<Part, Long> parts =
        feltUntil.computeIfAbsent(whose.title(), title -> new EnumMap<>(Part.class));
    long now = BootClock.nanos();
    parts.merge(part, now + lasts.plus(FELT).toNanos(), Math::max);
    if (parts.getOrDefault(Part.BALLOT, 0L) > now && parts.getOrDefault(Part.GUARD, 0L) > now) {
      both.accept(whose);
    }
  }
}

package ballot.schedule;

import java.time.Instant;
import java.util.Optional;

/** An endless series of ticks, as far as {@link #LAST}. */
sealed interface Series permits Every, ZonedTicks {

  Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** No tick is at this instant or later. */
  Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  Optional<Instant> next(Instant after);

  /** The first second after an instant that is within the years which are counted, else LAST. */
  static Instant secondAfter(Instant after) {
    if (after.isBefore(FIRST)) {
      return FIRST;
    }
    return after.isBefore(LAST) ? Instant.ofEpochSecond(after.getEpochSecond() + 1) : LAST;
  }
}

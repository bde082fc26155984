package ballot.schedule;

import java.time.Instant;
import java.util.Optional;

/** An endless series of ticks, as far as {@link #LAST}. */
sealed interface Series permits Every, ZonedTicks {

  Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  /** No tick is at this instant or later. */
  Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  Optional<Instant> next(Instant after);

  /** The first second after an instant and within the years that are counted. */
  static Instant secondAfter(Instant after) {
    return after.isBefore(FIRST) ? FIRST : Instant.ofEpochSecond(after.getEpochSecond() + 1);
  }
}

package ballot.engine.agenda;

import ballot.engine.simulation.Dice;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A timetable that is quick to ask: the same seconds in every cycle.
 *
 * @param cycle in seconds
 * @param offsets of the ticks within it, in seconds, in order
 * @param last the second after which there are no more
 */
record Pattern(long cycle, long[] offsets, long last, String identity) implements Timetable {

  static Pattern every(long seconds) {
    return new Pattern(seconds, new long[] {0}, Long.MAX_VALUE, "every " + seconds + " s");
  }

  /** From every second to yearly, regular or not. */
  static Pattern drawn(Dice dice, long base) {
    long period = dice.chance(0.5) ? dice.scaled(1, 60) : dice.scaled(1, 366L * 24 * 3600);
    if (dice.chance(0.6)) {
      return every(period);
    }
    int count = (int) dice.between(2, 8);
    long cycle = Math.min(period, 30L * 24 * 3600) * count * 2;
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = dice.between(0, cycle - 1);
    }
    long[] sorted = Arrays.stream(offsets).distinct().sorted().toArray();
    long last = dice.chance(0.1) ? base + cycle * dice.between(3, 20) : Long.MAX_VALUE;
    return new Pattern(cycle, sorted, last, "irregular, " + period);
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long second = after.getEpochSecond();
    long start = Math.floorDiv(second, cycle) * cycle;
    for (long offset : offsets) {
      if (start + offset > second) {
        return tick(start + offset);
      }
    }
    return tick(start + cycle + offsets[0]);
  }

  private Optional<Instant> tick(long second) {
    return second > last ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
  }

  /** How long between two ticks on average, in nanoseconds. */
  long period() {
    return cycle * Dice.SECOND / offsets.length;
  }

  @Override
  public String toString() {
    return identity;
  }
}

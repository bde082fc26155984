package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What goes wrong when: given by the seed alone, round by round. Whom it meets is settled when it
 * comes to it, as nobody knows before who will lead.
 */
public final class Plan {

  private final World world;
  private final List<Fault> faults;
  private final SplittableRandom random;
  private final List<Fault> deck = new ArrayList<>();

  /** Of these faults, none of them more often than the others by more than one. */
  public Plan(World world, List<Fault> faults, long seed) {
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("no fault that can be done to " + world.name());
    }
    this.world = world;
    this.faults = List.copyOf(faults);
    this.random = new SplittableRandom(seed);
  }

  /**
   * One fault.
   *
   * @param after how long after the beginning of its round
   */
  record Strike(
      Fault fault, Duration after, Duration lasts, boolean aimsHigh, int index, long seed) {}

  /**
   * Up to two faults at a time.
   *
   * @param pause before them
   */
  record Round(Duration pause, List<Strike> strikes) {}

  /** The next one. */
  Round next() {
    Duration pause = Duration.ofMillis(500 + random.nextInt(2_500));
    List<Strike> strikes = new ArrayList<>(List.of(strike(Duration.ZERO)));
    boolean isPair = random.nextBoolean();
    Duration after = Duration.ofMillis(random.nextInt(1_500));
    if (isPair && !strikes.getFirst().fault().isSolitary()) {
      Strike second = strike(after);
      if (second.fault().isSolitary()) {
        deck.addFirst(second.fault());
      } else {
        strikes.add(second);
      }
    }
    return new Round(pause, strikes);
  }

  private Strike strike(Duration after) {
    Fault fault = deal();
    Fault.Span span = fault.lasts(world);
    long width = span.longest().minus(span.shortest()).toMillis();
    Duration lasts = span.shortest().plusMillis(width == 0 ? 0 : random.nextLong(width));
    return new Strike(
        fault, after, lasts, random.nextInt(3) > 0, random.nextInt(1_000), random.nextLong());
  }

  /** From a shuffled deck that holds each kind once, so that all come up. */
  private Fault deal() {
    if (deck.isEmpty()) {
      for (Fault fault : faults) {
        deck.add(random.nextInt(deck.size() + 1), fault);
      }
    }
    return deck.removeLast();
  }
}

package ballot.engine.simulation;

import java.util.SplittableRandom;

/** Everything that is left to chance in one simulation, from one seed. */
public final class Dice {

  public static final long MS = 1_000_000L;
  public static final long SECOND = 1_000 * MS;

  private final SplittableRandom random;

  /** The same for the same seed. */
  public Dice(long seed) {
    // Seeds in a row are mixed first: the generator's own streams for them are too alike.
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x1F123BB5L);
  }

  /** True as often as this. */
  public boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** From the lowest to the highest, both included. */
  public long between(long lowest, long highest) {
    return lowest >= highest ? lowest : random.nextLong(lowest, highest + 1);
  }

  /** From zero to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Each order of magnitude between the two is as likely as the next. */
  public long scaled(long lowest, long highest) {
    double part = random.nextDouble();
    return (long) (lowest * Math.pow((double) highest / lowest, part));
  }

  @SafeVarargs
  /** Each is as likely as the next. */
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Any at all. */
  public long anyNumber() {
    return random.nextLong();
  }
}

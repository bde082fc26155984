package ballot.testkit;

import java.util.SplittableRandom;

/** Random numbers that can be had again: the seed is printed, and {@code -Dballot.seed} sets it. */
public final class Seeds {

  private Seeds() {}

  /** Random numbers for a test, whose seed is printed with the test's purpose. */
  public static SplittableRandom announced(String purpose) {
    long seed = Long.getLong("ballot.seed", System.nanoTime());
    System.out.println("seed " + seed + " for " + purpose + " (-Dballot.seed=" + seed + ")");
    return new SplittableRandom(seed);
  }
}

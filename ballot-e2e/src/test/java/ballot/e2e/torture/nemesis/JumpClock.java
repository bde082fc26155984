package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.OwnClock;
import ballot.e2e.torture.world.World;

/** The wall clock of the candidate that has one of its own jumps, by seconds or hours. */
final class JumpClock implements Fault {

  /** The candidate that has one: one is enough to show, and what it logs when is of no use. */
  private static final String WEARER = "c5";

  private static final int[] LONGEST_SECONDS = {5, 60, 7_200};

  @Override
  public String kind() {
    return "jump-clock";
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(1_000, 8_000);
  }

  @Override
  public Injury inflict(Scene scene) {
    OwnClock clock = OwnClock.of(WEARER, scene.folder());
    if (!clock.isWorn()) {
      return Injury.missed(WEARER);
    }
    int longest = LONGEST_SECONDS[scene.random().nextInt(LONGEST_SECONDS.length)];
    int seconds = scene.random().nextInt(-longest, longest);
    clock.set(seconds);
    return Injury.of(WEARER + " by " + seconds + " s", () -> clock.set(0));
  }
}

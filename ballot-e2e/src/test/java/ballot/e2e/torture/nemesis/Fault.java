package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.time.Duration;

/**
 * A kind of thing that goes wrong. Has no state: what one injury needs is in its {@link Injury}.
 */
public interface Fault {

  /** Its name in the report and for {@code --only}, such as {@code kill-ballot}. */
  String kind();

  /** Whether it can be done to a world at all. */
  default boolean fits(World world) {
    return true;
  }

  /** The shortest and the longest that it lasts. */
  Span lasts(World world);

  /**
   * Does it. Called on the nemesis's thread, and says nothing to ballot.
   *
   * @return how it is undone, which is called once
   */
  Injury inflict(Scene scene) throws Exception;

  /**
   * Whether nothing else may go wrong at the time, as two such things together are beyond what is
   * promised.
   */
  default boolean isSolitary() {
    return false;
  }

  /** Whether it means nothing to a candidate that does not lead, and so is always a leader's. */
  default boolean wantsLeader() {
    return false;
  }

  /** Two durations. */
  record Span(Duration shortest, Duration longest) {

    static final Span NONE = new Span(Duration.ZERO, Duration.ZERO);

    static Span ofMillis(long shortest, long longest) {
      return new Span(Duration.ofMillis(shortest), Duration.ofMillis(longest));
    }

    /** Parts of a duration, in hundredths. */
    static Span of(Duration whole, int shortest, int longest) {
      return new Span(
          whole.multipliedBy(shortest).dividedBy(100), whole.multipliedBy(longest).dividedBy(100));
    }
  }
}

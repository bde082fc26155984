package ballot.engine.simulation;

import java.util.HashMap;
import java.util.Map;

/**
 * Why one candidate may not have noticed in time that its leadership was ended by hand: the
 * hold-off of the next leader protects only work whose owner could notice.
 */
final class Excuses {

  private final World world;
  private long troubleUntil;
  private final Map<Long, Long> lostAt = new HashMap<>();

  Excuses(World world) {
    this.world = world;
  }

  /** Until then it may not notice what it has to notice. */
  void haveTroubleUntil(long when) {
    troubleUntil = Math.max(troubleUntil, when);
  }

  /** Something that it ought to hear now it does not hear in time. */
  void haveTroubleNow() {
    haveTroubleUntil(world.now() + 1);
  }

  /** Somebody ends its leadership by hand. */
  void loseByHand(long term) {
    lostAt.put(term, world.now());
  }

  boolean hasLostByHand(long term) {
    return lostAt.containsKey(term);
  }

  /** Whether it could not have known in time that this term was ended by hand. */
  boolean couldNotNoticeLossOf(long term) {
    Long lost = lostAt.get(term);
    return lost != null && troubleUntil > lost;
  }
}

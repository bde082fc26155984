package ballot.local;

import java.time.Duration;

/** What stands between a holder of the lock and leading. */
sealed interface Finding {

  /** Something; look again in a few milliseconds. */
  record InTheWay(String because) implements Finding {}

  /** Nothing, once this time is over, where something cannot be seen from here. */
  record Clear(Duration holdOff) implements Finding {

    static final Clear AT_ONCE = new Clear(Duration.ZERO);
  }
}

package ballot.engine.agenda;

import ballot.engine.core.Moment;
import java.time.Instant;
import java.util.Optional;

/**
 * When an agenda wants its next {@link AgendaEvent.Tick}, whichever comes first.
 *
 * @param time by the time of day; empty for never
 * @param moment by the monotonic clock
 */
public record Wake(Optional<Instant> time, Moment moment) {

  /** Nothing to wake for. */
  static final Wake NEVER = new Wake(Optional.empty(), Moment.NEVER);

  Wake orAt(Moment other) {
    return new Wake(time, Moment.earlier(moment, other));
  }

  /** Whether it is time. */
  public boolean isReached(Now now) {
    return moment.isReached(now.moment()) || time.filter(at -> !at.isAfter(now.time())).isPresent();
  }
}

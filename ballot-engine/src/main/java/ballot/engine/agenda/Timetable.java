package ballot.engine.agenda;

import java.time.Instant;
import java.util.Optional;

/** When something is due. The same for every candidate that was given the same schedule. */
public interface Timetable {

  /** The first tick after a moment; empty when there is none any more. */
  Optional<Instant> next(Instant after);

  /** A text that is the same for equal schedules only. Ticks of different ones do not compare. */
  String identity();
}

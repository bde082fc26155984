package ballot.engine.agenda;

import ballot.engine.core.Moment;
import java.time.Instant;

/**
 * The present.
 *
 * @param time the time of day, by which ticks are due; see {@link SteadyClock}
 * @param moment on the candidate's own monotonic clock, by which durations are measured
 */
public record Now(Instant time, Moment moment) {}

package ballot.api;

/**
 * How a hook ended.
 *
 * @param success whether it did what it is for
 * @param message the same for a person: {@code status 3}, {@code not found}, {@code 500 from
 *     http://…}, {@code still running after 20s; ended}; never secret, and no address that is one
 */
public record HookOutcome(boolean success, String message) {}

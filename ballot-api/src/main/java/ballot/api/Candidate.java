package ballot.api;

import java.time.Instant;

/**
 * Who stands: what a candidate tells others about itself.
 *
 * <p>This is for people. The id need not be unique, and nothing here but the preference has a part
 * in an election; backends tell candidates apart by what their store gives them (a session, a node,
 * a kernel lock).
 *
 * @param id the name that the operator gave, {@code --candidate-id}
 * @param host the name of the host it runs on
 * @param pid the process id of the ballot process on that host
 * @param proposedAt when it began to stand, on that host's clock; shown, never compared
 * @param preference who goes first
 */
public record Candidate(
    String id, String host, long pid, Instant proposedAt, Preference preference) {

  /** Checks that the candidate can be named. */
  public Candidate {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a candidate needs an id that is not blank");
    }
    if (id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a candidate's id has no control characters");
    }
  }

  /** One that is preferred to nobody. */
  public Candidate(String id, String host, long pid, Instant proposedAt) {
    this(id, host, pid, proposedAt, Preference.NONE);
  }

  /** The same one with another preference. */
  public Candidate preferred(Preference other) {
    return new Candidate(id, host, pid, proposedAt, other);
  }

  /**
   * The name by which one of several candidates with the same id can be told: {@code id@host-pid}.
   */
  public String address() {
    return id + "@" + host + "-" + pid;
  }
}

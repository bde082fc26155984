package ballot.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a hook is told.
 *
 * @param role what has become of this instance
 * @param reason why, in a clause for a person
 * @param service the service
 * @param election its election
 * @param candidate who we are
 * @param backend the kind of store
 * @param term the term that begins or ends
 * @param session the store's session of this leadership; empty where there is none
 * @param address where the instance serves; empty when it is gone
 * @param port its port, 0 for none
 * @param previousLeader who led before this term, where that is known
 * @param leader who leads now, where that is known: this candidate on promotion
 */
public record HookCall(
    Role role,
    String reason,
    String service,
    ElectionName election,
    Candidate candidate,
    String backend,
    Term term,
    String session,
    String address,
    int port,
    Optional<String> previousLeader,
    Optional<String> leader) {

  /** The names in {@link #environment()}. */
  public static final Set<String> VARIABLES =
      Set.of(
          "ADDRESS",
          "PORT",
          "SESSIONID",
          "BALLOT_RUN_ROLE",
          "BALLOT_RUN_REASON",
          "BALLOT_RUN_SERVICE",
          "BALLOT_RUN_ELECTION",
          "BALLOT_RUN_CANDIDATE_ID",
          "BALLOT_RUN_BACKEND",
          "BALLOT_RUN_LEADER",
          "BALLOT_RUN_FENCING_TOKEN",
          "BALLOT_RUN_TERM",
          "BALLOT_RUN_PREVIOUS_LEADER",
          "BALLOT_RUN_NEW_LEADER");

  /** What has become of an instance. */
  public enum Role {
    /** It leads. */
    PROMOTE,
    /** It leads no more. */
    DEMOTE
  }

  /**
   * The same as variables: {@code ADDRESS}, {@code PORT} and {@code SESSIONID} as ncode/ballot has
   * them, and ours, {@code BALLOT_RUN_…}: all of {@link #VARIABLES}, empty where there is nothing
   * to say.
   */
  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ADDRESS", address);
    variables.put("PORT", Integer.toString(port));
    variables.put("SESSIONID", session);
    variables.put("BALLOT_RUN_ROLE", role.name().toLowerCase(Locale.ROOT));
    variables.put("BALLOT_RUN_REASON", reason);
    variables.put("BALLOT_RUN_SERVICE", service);
    variables.put("BALLOT_RUN_ELECTION", election.path());
    variables.put("BALLOT_RUN_CANDIDATE_ID", candidate.id());
    variables.put("BALLOT_RUN_BACKEND", backend);
    variables.put("BALLOT_RUN_LEADER", Boolean.toString(role == Role.PROMOTE));
    variables.put("BALLOT_RUN_FENCING_TOKEN", term.toString());
    variables.put("BALLOT_RUN_TERM", term.toString());
    variables.put("BALLOT_RUN_PREVIOUS_LEADER", previousLeader.orElse(""));
    variables.put("BALLOT_RUN_NEW_LEADER", leader.orElse(""));
    return variables;
  }
}

package ballot.cli.run;

import ballot.api.Term;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The environment of a command, with what it may know of its election. */
final class RunVariables {

  private static final String PREFIX = "BALLOT_RUN_";

  private RunVariables() {}

  /**
   * The variables of one run. Those of another run, inside which we may have been started, are
   * taken out: its fencing token is not ours.
   *
   * @param term the term it runs under; empty when it runs without leadership
   */
  static Map<String, String> of(RunOnceRequest request, Optional<Term> term) {
    Map<String, String> all = new HashMap<>(request.environment());
    all.keySet().removeIf(name -> name.startsWith(PREFIX));
    all.put(PREFIX + "ELECTION", request.election().path());
    all.put(PREFIX + "CANDIDATE_ID", request.candidate().id());
    all.put(PREFIX + "BACKEND", request.backend().name());
    all.put(PREFIX + "LEADER", Boolean.toString(term.isPresent()));
    term.ifPresent(number -> all.put(PREFIX + "FENCING_TOKEN", number.toString()));
    return all;
  }

  /**
   * The variables of one run of a schedule.
   *
   * @param tick the time for which it was scheduled
   * @param id tells it from every other run
   */
  static Map<String, String> of(
      RunOnceRequest request, Optional<Term> term, Instant tick, String id) {
    Map<String, String> all = of(request, term);
    all.put(PREFIX + "TICK", tick.toString());
    all.put(PREFIX + "ID", id);
    return all;
  }

  /** Whether the command must not see a variable of ours, unless {@link #of} has it. */
  static boolean isHidden(RunOnceRequest request, String name) {
    return name.startsWith(PREFIX) || !request.environment().containsKey(name);
  }
}

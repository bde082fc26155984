package ballot.e2e.torture.report;

import ballot.e2e.torture.judge.Docket.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one world.
 *
 * @param faults how many there were of each kind
 * @param elections how many terms were won whose command began
 * @param leaderships how many of them are over
 * @param medianGapMillis between two runs, when nobody's ran
 * @param slackMillis the least that was left of a lease when all of a run was gone; negative when
 *     none was bounded
 * @param longestReturnMillis from the undoing of a fault to a run of a leader
 * @param ticksRun how many ticks of a schedule were run, once each
 * @param ticksNamed how many were not, and a log says so
 * @param mostDescriptors the most that a ballot had at any look
 * @param mostThreads the same
 * @param stallMillis the longest time for which the machine let nobody run
 * @param connections the most that the two ballots of a host began in a second, over ten seconds
 * @param beganNanos when the nemesis began, on the boot clock
 */
public record Account(
    String world,
    long seed,
    String commit,
    Duration length,
    Map<String, Integer> faults,
    int starts,
    int elections,
    int leaderships,
    int runs,
    int overlaps,
    int excepted,
    long medianGapMillis,
    long longestGapMillis,
    long slackMillis,
    long longestReturnMillis,
    int ticksRun,
    int ticksNamed,
    long mostDescriptors,
    long mostThreads,
    long stallMillis,
    double connections,
    long beganNanos,
    Duration bound,
    String because,
    List<Violation> violations) {

  /** Copies the collections. */
  public Account {
    faults = new TreeMap<>(faults);
    violations = List.copyOf(violations);
  }

  /** How long after its beginning a violation was found. */
  public long afterMillis(Violation violation) {
    return Math.max(0, violation.atNanos() - beganNanos) / 1_000_000;
  }

  /** How many faults of all kinds. */
  public int faultCount() {
    return faults.values().stream().mapToInt(Integer::intValue).sum();
  }
}

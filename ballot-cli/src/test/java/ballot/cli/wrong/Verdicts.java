package ballot.cli.wrong;

import ballot.cli.testing.Trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of wrong input, and what of that must not be. */
public final class Verdicts {

  private static final Set<Integer> ALLOWED = Set.of(0, 3, 64, 69, 78);
  private static final int LONGEST = 4_000;
  private static final int LONGEST_SHOWN = 300;

  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();
  private long slowestMillis;
  private String slowest = "";

  /** Judges a run in this JVM. */
  public void judge(String what, Outcome outcome, long millis) {
    statuses.merge(outcome.status(), 1, Integer::sum);
    boolean handedOver =
        outcome.request().isPresent()
            || outcome.services().isPresent()
            || outcome.fence().isPresent();
    expect(outcome.status() == 0 || !handedOver, what, "refused, and something would have run");
    judge(what, outcome.status(), outcome.stderr(), millis);
  }

  /** Judges what was printed, in whatever way it was run. */
  public void judge(String what, int status, String stderr, long millis) {
    expect(ALLOWED.contains(status), what, "status " + status + ": " + stderr);
    boolean trace =
        stderr.contains("Exception") || stderr.contains("Error:") || stderr.contains("\tat ");
    expect(!trace, what, "a stack trace: " + stderr);
    List<String> lines =
        stderr.lines().filter(line -> !line.startsWith("ballot: warning: ")).toList();
    expect(
        lines.isEmpty() || lines.size() == 1 && lines.getFirst().startsWith("ballot: "),
        what,
        "not one line: " + stderr);
    expect(status == 0 || status == 3 || !stderr.isEmpty(), what, "refused without a word");
    expect(stderr.length() <= LONGEST, what, "an error of " + stderr.length() + " characters");
    if (millis > slowestMillis) {
      slowestMillis = millis;
      slowest = what;
    }
  }

  /** Complains unless it holds. */
  public void expect(boolean holds, String what, String complaint) {
    if (!holds) {
      complaints.add(abridged(what) + ": " + abridged(complaint));
    }
  }

  /** How many had which status. */
  public Map<Integer, Integer> statuses() {
    return statuses;
  }

  /** What must not be. */
  public List<String> complaints() {
    return complaints;
  }

  /** What took longest. */
  public String slowest() {
    return "%d ms (%s)".formatted(slowestMillis, abridged(slowest));
  }

  private static String abridged(String text) {
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}

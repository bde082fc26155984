package ballot.e2e.torture.report;

import ballot.e2e.torture.witness.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The times in which nobody's command ran, between the first that began and the last. */
final class Gaps {

  private final List<Long> millis = new ArrayList<>();

  Gaps(List<Run> runs) {
    List<Run> sorted = runs.stream().sorted(Comparator.comparing(Run::beganNanos)).toList();
    long quietSince = Long.MAX_VALUE;
    for (Run run : sorted) {
      if (run.beganNanos() > quietSince) {
        millis.add((run.beganNanos() - quietSince) / 1_000_000);
      }
      quietSince =
          quietSince == Long.MAX_VALUE ? run.endedNanos() : Math.max(quietSince, run.endedNanos());
    }
    millis.sort(Comparator.naturalOrder());
  }

  int count() {
    return millis.size();
  }

  long median() {
    return millis.isEmpty() ? 0 : millis.get(millis.size() / 2);
  }

  long longest() {
    return millis.isEmpty() ? 0 : millis.getLast();
  }
}

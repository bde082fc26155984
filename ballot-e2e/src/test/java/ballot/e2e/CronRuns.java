package ballot.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a schedule say themselves: each appends a line when it begins and one when
 * it ends, by the clock of the machine.
 */
final class CronRuns {

  private final Path file;

  /** One run; it has no end if it was killed. */
  record Run(Instant tick, String id, long token, double began, @Nullable Double ended) {

    double late() {
      return began - tick.getEpochSecond();
    }

    boolean overlaps(Run other) {
      double end = ended == null ? Double.MAX_VALUE : ended;
      double otherEnd = other.ended == null ? Double.MAX_VALUE : other.ended;
      return began < otherEnd && other.began < end;
    }
  }

  CronRuns(Path file) {
    this.file = file;
  }

  /** A shell command that writes a line, does something, and writes another. */
  List<String> command(String work) {
    return List.of(
        "sh",
        "-c",
        "line=\"$BALLOT_RUN_TICK $BALLOT_RUN_ID $BALLOT_RUN_FENCING_TOKEN\";"
            + " echo \"begin $line $(date +%s.%N)\" >> '"
            + file
            + "'; "
            + work
            + "; status=$?; echo \"end $line $(date +%s.%N)\" >> '"
            + file
            + "'; exit $status");
  }

  /** All runs, in the order in which they began. */
  List<Run> all() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<String[]> begun = new ArrayList<>();
    Map<String, Double> ends = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      if (words.length == 5 && words[0].equals("begin")) {
        begun.add(words);
      } else if (words.length == 5) {
        ends.put(words[2], Double.valueOf(words[4]));
      }
    }
    List<Run> runs = new ArrayList<>();
    for (String[] words : begun) {
      runs.add(
          new Run(
              Instant.parse(words[1]),
              words[2],
              Long.parseLong(words[3]),
              Double.parseDouble(words[4]),
              ends.get(words[2])));
    }
    return runs;
  }

  List<Instant> ticks() throws IOException {
    return all().stream().map(Run::tick).toList();
  }

  /** The ticks that were run more than once. */
  Set<Instant> doubled() throws IOException {
    Set<Instant> seen = new HashSet<>();
    Set<Instant> doubled = new HashSet<>();
    for (Instant tick : ticks()) {
      if (!seen.add(tick)) {
        doubled.add(tick);
      }
    }
    return doubled;
  }

  /** The seconds between the first and the last tick in which none was run. */
  Set<Instant> missing() throws IOException {
    Set<Instant> run = new HashSet<>(ticks());
    Set<Instant> missing = new HashSet<>();
    if (run.isEmpty()) {
      return missing;
    }
    Instant last = run.stream().max(Instant::compareTo).orElseThrow();
    Instant tick = run.stream().min(Instant::compareTo).orElseThrow();
    while (tick.isBefore(last)) {
      if (!run.contains(tick)) {
        missing.add(tick);
      }
      tick = tick.plusSeconds(1);
    }
    return missing;
  }

  boolean anyOverlap() throws IOException {
    List<Run> runs = all();
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        if (runs.get(i).overlaps(runs.get(j))) {
          return true;
        }
      }
    }
    return false;
  }
}

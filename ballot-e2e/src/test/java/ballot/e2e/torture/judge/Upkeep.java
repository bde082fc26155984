package ballot.e2e.torture.judge;

import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each ballot holds of its machine: descriptors, threads, children that nobody has buried. No
 * more than a candidate needs, however much has gone wrong before.
 */
public final class Upkeep {

  /** An idle candidate has about 40 of the one and 25 of the other. */
  private static final int MOST_DESCRIPTORS = 120;

  private static final int MOST_THREADS = 80;

  private final Docket docket;
  private final Map<Long, Integer> zombies = new HashMap<>();
  private long mostDescriptors;
  private long mostThreads;

  /** Notes what is too much. */
  public Upkeep(Docket docket) {
    this.docket = docket;
  }

  /** Looks at those that run. */
  public void look(List<Candidate> candidates) throws IOException {
    for (Candidate candidate : candidates) {
      if (candidate.pid().isPresent()) {
        look(candidate, candidate.pid().get());
      }
    }
  }

  private void look(Candidate candidate, long pid) throws IOException {
    long descriptors = count(Path.of("/proc", Long.toString(pid), "fd"));
    long threads = count(Path.of("/proc", Long.toString(pid), "task"));
    mostDescriptors = Math.max(mostDescriptors, descriptors);
    mostThreads = Math.max(mostThreads, threads);
    if (descriptors > MOST_DESCRIPTORS || threads > MOST_THREADS) {
      docket.note(
          "leak",
          "%s has %d descriptors and %d threads"
              .formatted(candidate.current().orElseThrow().title(), descriptors, threads));
    }
    // One that is a zombie at two looks was not about to be buried.
    for (long child : Processes.zombies(pid)) {
      if (zombies.merge(child, 1, Integer::sum) == 3) {
        docket.note(
            "leak",
            "%s leaves zombie %d".formatted(candidate.current().orElseThrow().title(), child));
      }
    }
  }

  private static long count(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    } catch (IOException gone) {
      return 0;
    }
  }

  /** The most that any had at any look. */
  public long mostDescriptors() {
    return mostDescriptors;
  }

  /** The most that any had at any look. */
  public long mostThreads() {
    return mostThreads;
  }
}

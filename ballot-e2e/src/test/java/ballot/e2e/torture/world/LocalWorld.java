package ballot.e2e.torture.world;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One machine and a folder. */
final class LocalWorld implements World {

  private final List<Site> sites;
  private final Path elections;

  LocalWorld(Path folder, int candidates) {
    this.elections = folder.resolve("elections");
    List<String> options = List.of("--backend", "local", "--local-dir", elections.toString());
    this.sites =
        IntStream.rangeClosed(1, candidates)
            .mapToObj(
                number -> new Site(number, Optional.empty(), Optional.empty(), options, Map.of()))
            .toList();
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public List<Site> sites() {
    return sites;
  }

  @Override
  public List<Server> servers() {
    return List.of();
  }

  @Override
  public Duration lease() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Bound bound() {
    return new Bound(
        Duration.ofSeconds(4),
        "1 s until what was left of a killed leader is gone, 1 s between two runs of one candidate,"
            + " 2 s for a busy machine");
  }

  @Override
  public Optional<Sight> sight(String election) {
    return Optional.of(new LocalSight(elections, election));
  }

  /** The kernel gives the lock away with the process; who has it waits for what it left. */
  @Override
  public boolean passesOnAtDeath() {
    return true;
  }

  @Override
  public void awaitService() {}

  @Override
  public void close() {}
}

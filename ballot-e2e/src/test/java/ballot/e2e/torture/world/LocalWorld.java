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

  LocalWorld(Path folder, int candidates) {
    List<String> options =
        List.of("--backend", "local", "--local-dir", folder.resolve("elections").toString());
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
  public void awaitService() {}

  @Override
  public void close() {}
}

package ballot.e2e.torture.nemesis;

import ballot.e2e.site.Detour;
import ballot.e2e.site.Network;
import ballot.e2e.torture.world.World;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Packets of a candidate's host that come late, in another order, or twice. */
final class Detoured implements Fault {

  private final How how;

  /** What becomes of them. */
  enum How {
    DELAY,
    REORDER,
    DOUBLE
  }

  Detoured(How how) {
    this.how = how;
  }

  @Override
  public String kind() {
    return how.name().toLowerCase(java.util.Locale.ROOT) + "-packets";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.leaseOfServers(), 30, 150);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    SplittableRandom random = scene.random();
    List<String> habits =
        switch (how) {
          case DELAY -> habits(20 + random.nextInt(1_500), 0, 0);
          case REORDER -> habits(1, 20 + random.nextInt(400), 0);
          case DOUBLE -> habits(0, 5, 20 + random.nextInt(80));
        };
    String whom = scene.told() + ", " + String.join("/", habits);
    Optional<Detour> detour = host.detour(habits);
    return detour.map(open -> Injury.of(whom, open::close)).orElseGet(() -> Injury.missed(whom));
  }

  private static List<String> habits(int delayMillis, int spreadMillis, int doubledPercent) {
    return List.of("" + delayMillis, "" + spreadMillis, "" + doubledPercent);
  }
}

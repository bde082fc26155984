package ballot.e2e.torture.nemesis;

import ballot.api.BootClock;
import ballot.e2e.site.Network;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Answers that come late, and then none: what comes in from the store is dropped and let through
 * again, over and over, and then nothing goes either way for longer than a lease.
 */
final class Flap implements Fault {

  @Override
  public String kind() {
    return "flap-servers";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty();
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.leaseOfServers(), 130, 220);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String whom = scene.told();
    Duration lease = scene.world().leaseOfServers();
    SplittableRandom random = scene.random();
    for (int cycle = 0; cycle < 2; cycle++) {
      Wall half = Wall.build(host, List.of(incoming(scene)), List.of());
      // shorter than half of what is left of a lease, so that the answer still counts
      Thread.sleep(lease.toMillis() / 5 + random.nextLong(lease.toMillis() / 5));
      half.fall();
      awaitPackets(host, random);
    }
    Wall whole = Wall.build(host, List.of(incoming(scene)), List.of(outgoing(scene)));
    return Injury.of(whom, whole::fall);
  }

  /** What was sent again and again comes by now: TCP waits twice as long each time. */
  private static void awaitPackets(Network.Host host, SplittableRandom random)
      throws IOException, InterruptedException {
    long until = BootClock.nanos() + 1_000_000L * (30 + random.nextInt(400));
    while (BootClock.nanos() < until && hasUnanswered(host)) {
      Thread.sleep(10);
    }
  }

  private static boolean hasUnanswered(Network.Host host) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("ss", "-tnoH", "state", "established"));
    return Shell.run(words).contains("timer:(on,");
  }

  private String incoming(Scene scene) {
    return "ip saddr " + servers(scene) + " drop";
  }

  private String outgoing(Scene scene) {
    return "ip daddr " + servers(scene) + " drop";
  }

  private static String servers(Scene scene) {
    return Wall.addresses(scene.world().servers().stream().map(Server::host).toList());
  }
}

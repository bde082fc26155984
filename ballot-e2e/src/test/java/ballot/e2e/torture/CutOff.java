package ballot.e2e.torture;

import ballot.e2e.site.Network;
import ballot.e2e.torture.nemesis.Wall;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A leader on Consul that is cut off from the agent of its host, both ways. */
public final class CutOff {

  private CutOff() {}

  private record FromAgent() implements Takeovers.Blow {

    @Override
    public AutoCloseable strike(Candidate leader) throws Exception {
      Network.Host host = leader.site().host().orElseThrow();
      List<String> rules = List.of("tcp dport 8500 drop", "tcp sport 8500 drop");
      return Wall.build(host, rules, rules)::fall;
    }

    @Override
    public Duration lasts(World world) {
      return world.lease().multipliedBy(2);
    }

    @Override
    public boolean endsLeadership(World world) {
      return true;
    }
  }

  /** {@code FOLDER [ROUNDS]}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 1 ? Takeovers.rounds("cut-off", arguments[1]) : 50;
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    System.exit(new Takeovers("consul", folder, System.out).play(rounds, new FromAgent()) ? 0 : 1);
  }
}

package ballot.e2e.torture;

import ballot.e2e.site.Program;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.World;
import ballot.e2e.torture.world.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A leading ballot that is stopped for three times its lease. */
public final class Frozen {

  private static final int ARGUMENTS_BEFORE_BACKENDS = 2;

  private Frozen() {}

  private record Freeze() implements Takeovers.Blow {

    @Override
    public AutoCloseable strike(Candidate leader) throws Exception {
      Program program = leader.current().orElseThrow().program();
      program.signal("STOP");
      return () -> program.signal("CONT");
    }

    @Override
    public Duration lasts(World world) {
      return world.lease().multipliedBy(3);
    }

    @Override
    public boolean endsLeadership(World world) {
      // the kernel keeps the lock of one that is stopped
      return !world.name().equals("local");
    }
  }

  /** {@code FOLDER [ROUNDS] [BACKEND…]}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    int rounds = words.size() > 1 ? Takeovers.rounds("frozen", words.get(1)) : 50;
    List<String> backends =
        words.size() > ARGUMENTS_BEFORE_BACKENDS
            ? words.subList(ARGUMENTS_BEFORE_BACKENDS, words.size())
            : List.of("consul", "zookeeper", "local");
    if (!Worlds.NAMES.containsAll(backends)) {
      System.err.println("frozen: there are " + String.join(", ", Worlds.NAMES));
      System.exit(64);
    }
    boolean isGood = true;
    for (String backend : backends) {
      Path folder = Path.of(words.getFirst()).toAbsolutePath();
      isGood &= new Takeovers(backend, folder, System.out).play(rounds, new Freeze());
    }
    System.exit(isGood ? 0 : 1);
  }
}

package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What a fault finds.
 *
 * @param victim the candidate that it is meant for: the leader half of the time
 * @param index draws a server, likewise
 * @param aimsHigh whether the one that leads is preferred
 * @param random for what else a fault has to draw; the same at every run with this seed
 * @param lasts until it is undone
 * @param excuse tells the judge that this start of a candidate lost ballot and guard together
 * @param folder for what a fault has to keep
 */
public record Scene(
    World world,
    Witness witness,
    Candidate victim,
    int index,
    boolean aimsHigh,
    SplittableRandom random,
    Duration lasts,
    Consumer<Candidate.Incarnation> excuse,
    Path folder) {

  /** The server that it is meant for; only where there are servers. */
  public Server server() {
    List<Server> servers = world.servers();
    Optional<Server> leading =
        aimsHigh ? servers.stream().filter(Server::leads).findFirst() : Optional.empty();
    return leading.orElse(servers.get(index % servers.size()));
  }

  /** The run of the victim's command that is alive, if there is one. */
  public Optional<Run> run() {
    return witness.runs().stream()
        .filter(run -> run.isAlive() && run.start().candidate().equals(victim.name()))
        .max(Comparator.comparing(Run::beganNanos));
  }

  /** The victim, and whether its command runs. */
  public String told() {
    return victim.name() + (run().isPresent() ? ", which leads" : "");
  }
}

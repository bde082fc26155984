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

/**
 * What a fault finds.
 *
 * @param election the one that is looked at
 * @param victim the candidate that it is meant for: the leader more often than not
 * @param index draws a server, likewise
 * @param aimsHigh whether the one that leads is preferred
 * @param random for what else a fault has to draw; the same at every run with this seed
 * @param lasts until it is undone
 * @param losses which parts of candidates are away
 * @param folder for what a fault has to keep
 */
record Scene(
    World world,
    String election,
    Witness witness,
    Candidate victim,
    int index,
    boolean aimsHigh,
    SplittableRandom random,
    Duration lasts,
    Losses losses,
    Path folder) {

  /** The server that it is meant for; only where there are servers. */
  Server server() {
    List<Server> servers = world.servers();
    Optional<Server> leading =
        aimsHigh ? servers.stream().filter(Server::leads).findFirst() : Optional.empty();
    return leading.orElse(servers.get(index % servers.size()));
  }

  /** The run of the victim's command that is alive, if there is one. */
  Optional<Run> run() {
    return witness.runs().stream()
        .filter(run -> run.isAlive() && run.start().candidate().equals(victim.name()))
        .max(Comparator.comparing(Run::beganNanos));
  }

  /** This part of the victim is taken away, for as long as this lasts. */
  void loses(Part part) {
    victim.current().ifPresent(now -> losses.note(now, part, lasts));
  }

  /** The victim, and whether its command runs. */
  String told() {
    return victim.name() + (run().isPresent() ? ", which leads" : "");
  }
}

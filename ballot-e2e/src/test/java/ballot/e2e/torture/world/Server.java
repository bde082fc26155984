package ballot.e2e.torture.world;

import ballot.e2e.site.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A server of the store, or the agent of a candidate's host. Its methods wait for nothing. */
public interface Server {

  /** By which people tell it. */
  String name();

  /** Where it runs. */
  Network.Host host();

  /** Its process. */
  long pid();

  /** Whether its process runs. */
  boolean isAlive();

  /** Whether it leads the others at the moment, as far as it says. */
  boolean leads();

  /** Where its data are, if that is a disk of its own. */
  default Optional<Path> disk() {
    return Optional.empty();
  }

  /** Ends it as a power cut would, and waits until its process is gone. */
  void kill() throws InterruptedException;

  /** Starts it again on the data that it has. */
  void launch() throws IOException;
}

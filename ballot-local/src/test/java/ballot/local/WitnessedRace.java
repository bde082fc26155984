package ballot.local;

import ballot.api.StoreException;
import ballot.api.Verdict.Elected;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One process's part in a race: while it leads it holds a file that only one can make, and adds its
 * term to a list that must be in order in the end.
 */
final class WitnessedRace {

  private final String election;
  private final Path witness;
  private final Path terms;
  private final SplittableRandom random;
  private final int leaderships;

  /** The order {@code race ELECTION FOLDER SEED LEADERSHIPS}. */
  WitnessedRace(String[] order) {
    this.election = order[1];
    this.witness = Path.of(order[2], "witness");
    this.terms = Path.of(order[2], "terms");
    this.random = new SplittableRandom(Long.parseLong(order[3]));
    this.leaderships = Integer.parseInt(order[4]);
  }

  String run(CandidateProcess candidate) throws StoreException, InterruptedException, IOException {
    for (int won = 0; won < leaderships; won++) {
      Elected elected = candidate.win(election);
      lead(elected);
      candidate.resigns(election, elected);
      LockSupport.parkNanos(random.nextLong(2_000_000));
    }
    return "won " + leaderships;
  }

  private void lead(Elected elected) throws IOException {
    try {
      Files.writeString(witness, elected.toString(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException overlap) {
      throw new IOException("two lead at once: " + elected + " and " + Files.readString(witness));
    }
    Files.writeString(
        terms, elected.lease().term() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    LockSupport.parkNanos(random.nextLong(1_000_000));
    Files.delete(witness);
  }
}

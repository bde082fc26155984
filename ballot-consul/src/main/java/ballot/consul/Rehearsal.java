package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Threads;
import ballot.api.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goes through changes of leadership on a {@link Stage} while there is nothing else to do, and
 * through some transactions with the agent that only read.
 *
 * <p>What Java runs for the first time it loads, links and interprets, and what it has run less
 * than two hundred times it goes on interpreting; that takes several times as long as the rest of a
 * hand-over. Done once a process; what fails is of no consequence.
 */
final class Rehearsal {

  private static final Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private static final int ROUNDS = 250;
  private static final int QUESTIONS = 10;
  private static final Duration BUDGET = Duration.ofSeconds(2);
  private static final ElectionName ELECTION = new ElectionName("rehearsal");

  private final Lifeline lifeline;
  private final Kv kv;

  private Rehearsal(Lifeline lifeline, Kv kv) {
    this.lifeline = lifeline;
    this.kv = kv;
  }

  /** Begins, unless there has been one; returns at once. */
  static void once(Crew crew, Standing standing) {
    if (!BEGUN.getAndSet(true)) {
      Runnable run = () -> new Rehearsal(crew.lifeline(), crew.kv()).run(standing.key());
      Threads.daemon("ballot-consul-rehearsal", run).start();
    }
  }

  private void run(String key) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        perform();
      }
      for (int question = 0; question < QUESTIONS; question++) {
        var unused = kv.transact(new Txn().read(key), "rehearse", Patience.of(BUDGET));
      }
    } catch (StoreException | RuntimeException failure) {
      LOG.log(Level.DEBUG, "could not rehearse", failure);
    }
  }

  private void perform() throws StoreException {
    Kv stage = new Kv(new Stage());
    Life life = Life.of("rehearsal", Duration.ofMinutes(1), BootClock.nanos());
    life.sessionAskedBy = this; // so that nobody else need ask
    Lifeline living = lifeline.with(life);
    Standing first = actor(0);
    Standing second = actor(1);
    Verdict won = new Campaign(first, living, stage, Patience.of(BUDGET)).run();
    var unused = new Campaign(second, living, stage, Patience.of(BUDGET)).run();
    if (won instanceof Verdict.Elected elected) {
      Office office = new Office(first, living, stage, Patience.of(BUDGET));
      var renewed = office.renew(elected.lease().term());
      office.resign(elected.lease().term());
    }
    var decided = new Campaign(second, living, stage, Patience.of(BUDGET)).run();
  }

  private static Standing actor(int number) {
    return new Standing(
        ELECTION,
        new Candidate("rehearsal", "-", number, Instant.now()),
        number,
        new Outlook(ELECTION, () -> {}),
        Footing.ITSELF);
  }
}

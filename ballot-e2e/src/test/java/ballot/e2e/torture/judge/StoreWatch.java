package ballot.e2e.torture.judge;

import ballot.api.BootClock;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Sight;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares what the store says with what is seen: it must not call an election free, or another's,
 * while anything of a run under an older term is alive.
 */
public final class StoreWatch implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(3);

  private final Sight sight;
  private final Witness witness;
  private final String election;
  private final Judge judge;
  private final boolean passesOnAtDeath;
  private final Thread thread;
  private volatile boolean closed;
  private volatile int looks;

  /**
   * Begins.
   *
   * @param passesOnAtDeath whether nothing is promised of a leader whose ballot is dead
   */
  public StoreWatch(
      Sight sight, Witness witness, String election, Judge judge, boolean passesOnAtDeath) {
    this.passesOnAtDeath = passesOnAtDeath;
    this.sight = sight;
    this.witness = witness;
    this.election = election;
    this.judge = judge;
    this.thread = Thread.ofPlatform().daemon(true).name("torture-store").start(this::watch);
  }

  /** How often the store answered. */
  public int looks() {
    return looks;
  }

  private void watch() {
    try {
      while (!closed) {
        List<Run> before = witness.alive(election);
        var holder = sight.next(LONGEST);
        if (holder.isPresent()) {
          looks++;
          compare(holder.get(), before);
        } else {
          Thread.sleep(100);
        }
      }
    } catch (InterruptedException closing) {
      // nothing is left to do
    }
  }

  private void compare(Sight.Holder holder, List<Run> before) throws InterruptedException {
    long now = BootClock.nanos();
    OptionalLong term = holder.term();
    for (Run run : before) {
      long token = run.start().token();
      boolean isOld = term.isPresent() ? token != term.getAsLong() : true;
      if (run.start().leads() && isOld && token <= holder.newest() && run.isAlive()) {
        // the witness may be the slower one of the two
        Thread.sleep(100);
        judge.checkFreed(run, term, now, passesOnAtDeath);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}

package ballot.cli.run;

import ballot.api.Candidacy;
import ballot.api.ChangeSignal;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;

/** A candidacy for a {@link Rehearsal}: told to wait once, then to ask, then wins. */
final class Stooge implements Candidacy {

  private static final Term TERM = new Term(1);

  private final ChangeSignal signal;
  private boolean hasWaited;

  Stooge(ChangeSignal signal) {
    this.signal = signal;
  }

  @Override
  public Verdict campaign(Duration budget) {
    if (!hasWaited) {
      hasWaited = true;
      signal.lookAgain();
      return Verdict.NotElected.heldBy(null);
    }
    return elected();
  }

  @Override
  public Verdict renew(Term term, Duration budget) {
    return elected();
  }

  private static Verdict elected() {
    return new Verdict.Elected(Lease.unbounded(TERM), Duration.ZERO);
  }

  @Override
  public void resign(Term term, Duration budget) {}

  @Override
  public void close() {}
}

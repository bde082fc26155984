package ballot.cli.services;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A candidacy that notes who holds the election, for hooks that want to know who led before. */
final class Noting implements Candidacy {

  private final Candidacy candidacy;
  private final AtomicReference<Optional<String>> holder;

  /**
   * Notes where.
   *
   * @param holder who held the election when it was last refused to us
   */
  Noting(Candidacy candidacy, AtomicReference<Optional<String>> holder) {
    this.candidacy = candidacy;
    this.holder = holder;
  }

  private Verdict note(Verdict verdict) {
    if (verdict instanceof Verdict.NotElected not && not.holder().isPresent()) {
      holder.set(not.holder().map(Candidate::address));
    }
    return verdict;
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    return note(candidacy.campaign(budget));
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return note(candidacy.renew(term, budget));
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    candidacy.resign(term, budget);
  }

  @Override
  public void close() {
    candidacy.close();
  }
}

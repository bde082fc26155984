package ballot.cli.services;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The candidacy of a service. It remembers who led, for hooks that want to know who led before.
 * What the store refuses is an outage of this service alone, and asked again: a token can be mended
 * in the store, and other services of this process go on meanwhile.
 */
final class Petition implements Candidacy {

  private final Candidacy candidacy;
  private final AtomicReference<Optional<String>> holder;

  /**
   * Remembers it there.
   *
   * @param holder who held the election when it was last refused to us
   */
  Petition(Candidacy candidacy, AtomicReference<Optional<String>> holder) {
    this.candidacy = candidacy;
    this.holder = holder;
  }

  /** A question to the store. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws StoreException;
  }

  private static <T> T ask(Question<T> question) throws StoreException {
    try {
      return question.ask();
    } catch (RejectedException refused) {
      throw new UnavailableException(String.valueOf(refused.getMessage()), refused);
    }
  }

  private Verdict note(Verdict verdict) {
    if (verdict instanceof Verdict.NotElected not && not.holder().isPresent()) {
      holder.set(not.holder().map(Candidate::address));
    }
    return verdict;
  }

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    return note(ask(() -> candidacy.campaign(budget)));
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return note(ask(() -> candidacy.renew(term, budget)));
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    var unused =
        ask(
            () -> {
              candidacy.resign(term, budget);
              return term;
            });
  }

  @Override
  public void close() {
    candidacy.close();
  }
}

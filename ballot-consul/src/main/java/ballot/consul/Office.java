package ballot.consul;

import ballot.api.Lease;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question of a candidate about a leadership that it has: whether it lasts, or to end it. */
final class Office {

  private static final int MOST_ROUNDS = 4;

  private final Standing standing;
  private final Lifeline lifeline;
  private final Kv kv;
  private final Patience patience;
  private final long askedAt = Elapsed.nanos();

  Office(Standing standing, Lifeline lifeline, Kv kv, Patience patience) {
    this.standing = standing;
    this.lifeline = lifeline;
    this.kv = kv;
    this.patience = patience;
  }

  /** The leadership of that term, if it is the one that the candidate has. */
  private @Nullable Tenure tenure(Term term) {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.term().equals(term) ? tenure : null;
  }

  Verdict renew(Term term) throws StoreException {
    Tenure tenure = tenure(term);
    if (tenure == null) {
      return over("term " + term + " is over");
    }
    if (tenure.life().isGone()) {
      standing.holdsNoMore();
      return over("its session is gone");
    }
    Sight sight = standing.outlook().latest();
    if (sight != null && tenure.isContradictedBy(sight)) {
      Optional<KvEntry> key = lookUp();
      if (key.isEmpty() || !tenure.lastsIn(key.get())) {
        standing.holdsNoMore();
        return over(key.isEmpty() ? "its key was deleted" : "its key is not held any more");
      }
      tenure = tenure.seenAs(key.get());
      standing.holds(tenure);
    }
    lifeline.confirm(tenure.life(), standing, patience);
    if (tenure.life().isGone()) {
      standing.holdsNoMore();
      return over("its session is gone");
    }
    return Elected.atOnce(lease(standing, tenure, askedAt));
  }

  private static NotElected over(String because) {
    return new NotElected(Optional.empty(), because, Duration.ZERO);
  }

  private Optional<KvEntry> lookUp() throws StoreException {
    String purpose = "read " + standing.election();
    Sight seen = Sight.of(standing.election(), kv.read(standing.key(), purpose, patience));
    standing.outlook().asked(seen);
    return Optional.ofNullable(seen.key());
  }

  /**
   * What is proven now.
   *
   * @throws UnavailableException when nothing is
   */
  static Lease lease(Standing standing, Tenure tenure, long askedAt) throws UnavailableException {
    long until = tenure.life().provenUntil();
    if (until - askedAt <= 0) {
      throw new UnavailableException(
          "could not prove term "
              + tenure.term()
              + " of "
              + standing.election()
              + ": the last proof has run out");
    }
    standing.leasedUntil(until);
    return new Lease(tenure.term(), Duration.ofNanos(until - askedAt));
  }

  void resign(Term term) throws StoreException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Tenure tenure = tenure(term);
      if (tenure == null || tenure.life().isGone() || giveBack(tenure)) {
        if (tenure != null) {
          standing.holdsNoMore();
        }
        return;
      }
    }
    throw new UnavailableException(
        "could not resign term "
            + term
            + " of "
            + standing.election()
            + ": its key keeps changing");
  }

  /** False when something came in between and it has to be tried anew. */
  private boolean giveBack(Tenure tenure) throws StoreException {
    Life life = tenure.life();
    KvEntry key = tenure.entry();
    boolean inOrder = Elapsed.nanos() - tenure.workMayStartAt() >= 0;
    String place = standing.place(life);
    Txn txn =
        new Txn()
            .unchangedSince(key.key(), key.modifyIndex())
            .unlock(
                key.key(),
                Inscription.givenBack(standing.candidate(), inOrder),
                key.flags(),
                life.session());
    boolean queues = !standing.isSideDenied();
    if (queues) {
      txn.delete(place)
          .lock(place, Inscription.standing(standing.candidate(), life), 0, life.session());
    }
    String purpose = "resign term " + tenure.term() + " of " + standing.election();
    return switch (kv.transact(txn, purpose, patience)) {
      case Txn.Outcome.Done done -> {
        if (queues) {
          standing.listed(life, done.entry(place).modifyIndex());
        }
        free(done.entry(key.key()));
        yield true;
      }
      case Txn.Outcome.Refused refused -> refused(tenure, refused);
    };
  }

  private void free(KvEntry key) {
    Sight before = standing.outlook().latest();
    standing
        .outlook()
        .asked(
            new Sight(
                key.modifyIndex(),
                key,
                before == null ? null : before.last(),
                before == null ? java.util.List.of() : before.line()));
  }

  /** True when there is nothing left to give back. */
  private boolean refused(Tenure tenure, Txn.Outcome.Refused refused) throws StoreException {
    if (refused.says("Permission denied")) {
      if (standing.isSideDenied()
          || refused.refusals().stream().anyMatch(refusal -> refusal.step() < 2)) {
        throw RejectedException.because(
            ConsulSettings.TOKEN,
            "may not write the key of " + standing.election() + ": " + refused.quote());
      }
      standing.denySide();
      return false;
    }
    if (refused.says("invalid session")) {
      tenure.life().end();
      return true;
    }
    Optional<KvEntry> key = lookUp();
    if (key.isEmpty() || !tenure.lastsIn(key.get())) {
      return true;
    }
    standing.holds(tenure.seenAs(key.get()));
    return false;
  }
}

package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Lease;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question of a candidate about a leadership that it has: whether it lasts, or to end it. */
final class Office {

  private static final int MOST_ROUNDS = 4;

  private final Standing standing;
  private final Lifeline lifeline;
  private final Kv kv;
  private final Line line;
  private final Patience patience;
  private final long askedAt = BootClock.nanos();

  Office(Standing standing, Lifeline lifeline, Kv kv, Patience patience) {
    this.standing = standing;
    this.lifeline = lifeline;
    this.kv = kv;
    this.line = new Line(standing, kv);
    this.patience = patience;
  }

  /** The leadership of that term, if it is the one that the candidate has. */
  private @Nullable Tenure tenure(Term term) {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.term().equals(term) ? tenure : null;
  }

  Verdict renew(Term term) throws StoreException {
    Tenure tenure = tenure(term);
    if (tenure == null || tenure.forfeited()) {
      return over("term " + term + " is over");
    }
    Sight sight = standing.outlook().latest();
    if (sight != null && tenure.isContradictedBy(sight)) {
      KvEntry key = Campaign.lookUp(standing, kv, patience).key();
      if (key == null || !tenure.lastsIn(key)) {
        standing.lose(tenure);
        return over(key == null ? "its key was deleted" : "its key was taken away");
      }
      tenure = changed(tenure, tenure.seenAs(key));
    }
    lifeline.confirm(tenure.life(), standing, patience);
    if (tenure.life().isGone()) {
      standing.lose(tenure);
      return over("its session has ended");
    }
    Optional<String> stepDown = standing.courtesy().stepDown(standing, term, kv, patience);
    return new Elected(lease(standing, tenure, askedAt), Duration.ZERO, stepDown);
  }

  private Tenure changed(Tenure before, Tenure now) throws UnavailableException {
    if (!standing.update(before, now)) {
      throw new UnavailableException(
          "could not prove term " + before.term() + ": it was not asked about for too long");
    }
    return now;
  }

  private static NotElected over(String because) {
    return new NotElected(Optional.empty(), because, Duration.ZERO);
  }

  /**
   * What is proven now.
   *
   * @throws UnavailableException when nothing is
   */
  static Lease lease(Standing standing, Tenure tenure, long askedAt) throws UnavailableException {
    long until = tenure.life().provenUntil();
    if (until - askedAt <= 0 || !standing.update(tenure, tenure.leasedUntil(until))) {
      throw new UnavailableException(
          "could not prove term "
              + tenure.term()
              + " of "
              + standing.election()
              + ": the last proof has run out");
    }
    return new Lease(tenure.term(), Duration.ofNanos(until - askedAt));
  }

  void resign(Term term) throws StoreException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Tenure tenure = tenure(term);
      if (tenure == null) {
        return;
      }
      if (tenure.life().isGone()) {
        standing.lose(tenure);
        new Farewell(standing, kv).say(patience);
        return;
      }
      if (giveBack(tenure)) {
        standing.end(tenure);
        new Farewell(standing, kv).say(patience);
        return;
      }
    }
    throw new UnavailableException(
        "could not resign term "
            + term
            + " of "
            + standing.election()
            + ": its key changes faster than it can be read");
  }

  /** False when something came in between and it has to be tried anew. */
  private boolean giveBack(Tenure tenure) throws StoreException {
    Life life = tenure.life();
    KvEntry key = tenure.entry();
    boolean inOrder = BootClock.nanos() - tenure.workMayStartAt() >= 0;
    Txn txn = tenure.release(key, Inscription.givenBack(standing.candidate(), inOrder));
    boolean queues = line.addLeavingTo(txn, life);
    String purpose = "resign term " + tenure.term() + " of " + standing.election();
    return switch (kv.transact(txn, purpose, patience)) {
      case Txn.Outcome.Done done -> {
        Optional<KvEntry> place = queues ? Optional.of(line.joined(life, done)) : Optional.empty();
        if (standing.isWithdrawn()) {
          standing.unlisted();
        }
        free(done.entry(key.key()), standing.place(life), place);
        yield true;
      }
      case Txn.Outcome.Refused refused -> refused(tenure, refused);
    };
  }

  /** The election is free, and this candidate stands at the end of the line. */
  private void free(KvEntry key, String formerPlace, Optional<KvEntry> place) {
    Sight before = standing.outlook().latest();
    List<KvEntry> those = new ArrayList<>(before == null ? List.of() : before.line());
    those.removeIf(entry -> entry.key().equals(formerPlace));
    place.ifPresent(those::add);
    KvEntry last = before == null ? null : before.last();
    standing.outlook().asked(new Sight(key.modifyIndex(), key, last, those));
    // Somebody may have got in line a moment ago, and goes first.
    standing.outlook().doubt();
  }

  /** True when there is nothing left to give back. */
  private boolean refused(Tenure tenure, Txn.Outcome.Refused refused) throws StoreException {
    if (refused.isDenied()) {
      line.denied(refused);
      return false;
    }
    if (refused.says("invalid session")) {
      tenure.life().end();
      standing.lose(tenure);
      return true;
    }
    KvEntry key = Campaign.lookUp(standing, kv, patience).key();
    if (key == null || !tenure.lastsIn(key)) {
      standing.lose(tenure);
      return true;
    }
    var unused = standing.update(tenure, tenure.seenAs(key));
    return false;
  }
}

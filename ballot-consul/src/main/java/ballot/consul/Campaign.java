package ballot.consul;

import ballot.api.Candidate;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.Optional;

/** One question of a candidate whether it leads, which makes it lead if it can. */
final class Campaign {

  /**
   * A new leader waits this long for the work of one that may only just be learning of its loss.
   */
  static final Duration NOTICE = Duration.ofSeconds(1);

  /** Between the attempts of two candidates that stand one behind the other. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final Duration LOCK_DELAY_RETRY = Duration.ofMillis(250);
  private static final Duration UNWATCHED_RETRY = Duration.ofSeconds(1);
  private static final int MOST_ROUNDS = 8;

  private final Standing standing;
  private final Lifeline lifeline;
  private final Kv kv;
  private final Patience patience;
  private final long askedAt = Elapsed.nanos();

  Campaign(Standing standing, Lifeline lifeline, Kv kv, Patience patience) {
    this.standing = standing;
    this.lifeline = lifeline;
    this.kv = kv;
    this.patience = patience;
  }

  Verdict run() throws StoreException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Verdict> verdict = attempt();
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    throw new UnavailableException(
        "could not campaign for "
            + standing.election()
            + ": it changes faster than it can be read");
  }

  /** Nothing when something came in between and has to be looked at anew. */
  private Optional<Verdict> attempt() throws StoreException {
    Life life = lifeline.life(standing.candidate().id(), patience);
    Sight sight = look();
    KvEntry key = sight.key();
    if (key != null && key.flags() == Names.SEMAPHORE_FLAGS) {
      throw new RejectedException(
          "the key of "
              + standing.election()
              + " is a semaphore of another tool (consul lock -n …), which admits several holders"
              + " at once: choose another election");
    }
    if (key != null && key.isHeld()) {
      return held(life, sight, key);
    }
    Duration turn = untilItsTurn(life, sight);
    if (!turn.isZero()) {
      return takePlace(life, sight)
          ? Optional.of(notElected("free; candidates before this one in line go first", turn))
          : Optional.empty();
    }
    return take(life, sight);
  }

  private Sight look() throws StoreException {
    Sight known = standing.outlook().trusted();
    if (known != null) {
      return known;
    }
    String purpose = "read " + standing.election();
    Sight seen = Sight.of(standing.election(), kv.read(standing.key(), purpose, patience));
    standing.outlook().asked(seen);
    return seen;
  }

  private Optional<Verdict> held(Life life, Sight sight, KvEntry key) throws StoreException {
    Tenure tenure = standing.tenure();
    if (tenure != null && tenure.lastsIn(key) && tenure.life() == life) {
      lifeline.confirm(life, standing, patience);
      return Optional.of(elected(tenure, Duration.ZERO));
    }
    Inscription inscription = Inscription.read(key);
    if (inscription.isBy(life.session(), standing.place(life))) {
      return Optional.of(found(life, key));
    }
    if (tenure != null && key.isHeldBy(tenure.life().session())) {
      dropFormer(tenure, key);
      return Optional.empty();
    }
    if (!takePlace(life, sight)) {
      return Optional.empty();
    }
    Optional<Candidate> holder = inscription.candidate();
    return Optional.of(
        new NotElected(
            holder,
            holder
                .map(candidate -> "held by " + candidate.address())
                .orElse("held by another tool, session " + key.session()),
            waitForSignal()));
  }

  private Duration waitForSignal() {
    return standing.outlook().isWatched() ? NotElected.WHEN_SIGNALLED : UNWATCHED_RETRY;
  }

  /** It won earlier, and the answer was lost. */
  private Verdict found(Life life, KvEntry key) throws UnavailableException {
    Duration holdOff = NOTICE;
    Tenure tenure = new Tenure(new Term(key.modifyIndex()), life, key, after(holdOff));
    standing.holds(tenure);
    return elected(tenure, holdOff);
  }

  /** The leadership of a session that cannot be relied on any more, which nobody claims. */
  private void dropFormer(Tenure tenure, KvEntry key) throws StoreException {
    Txn txn =
        new Txn()
            .unchangedSince(key.key(), key.modifyIndex())
            .unlock(
                key.key(),
                Inscription.givenBack(standing.candidate(), false),
                key.flags(),
                tenure.life().session());
    var unused = kv.transact(txn, "drop an old leadership of " + standing.election(), patience);
    standing.holdsNoMore();
    standing.outlook().distrust();
  }

  /** How long those who stand before this candidate have to try before it may. */
  private Duration untilItsTurn(Life life, Sight sight) {
    int rank = sight.rank(standing.place(life));
    Duration left = STEP.multipliedBy(rank).minus(standing.outlook().freeFor());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private NotElected notElected(String because, Duration lookAgainIn) {
    return new NotElected(Optional.empty(), because, lookAgainIn);
  }

  /** Joins the line; false when the session turned out to be gone. */
  private boolean takePlace(Life life, Sight sight) throws StoreException {
    if (standing.isSideDenied() || standing.isListed(life, sight)) {
      return true;
    }
    String place = standing.place(life);
    Txn txn =
        new Txn().lock(place, Inscription.standing(standing.candidate(), life), 0, life.session());
    return switch (kv.transact(txn, "stand in " + standing.election(), patience)) {
      case Txn.Outcome.Done done -> {
        standing.listed(life, done.entry(place).modifyIndex());
        yield true;
      }
      case Txn.Outcome.Refused refused -> {
        if (refused.says("invalid session")) {
          life.end();
          yield false;
        }
        if (refused.says("Permission denied")) {
          standing.denySide();
        }
        yield true;
      }
    };
  }

  private Optional<Verdict> take(Life life, Sight sight) throws StoreException {
    if (life.provenUntil() - askedAt < life.timeout().toNanos() / 2) {
      lifeline.confirm(life, standing, patience);
      if (!life.isWhole(Elapsed.nanos())) {
        return Optional.empty();
      }
    }
    String place = standing.place(life);
    boolean listing = !standing.isSideDenied() && !standing.isListed(life, sight);
    Txn txn =
        new Txn()
            .unchangedSince(standing.key(), sight.keyIndex())
            .lock(
                standing.key(),
                Inscription.held(standing.candidate(), place, life),
                sight.key() == null ? Names.LOCK_FLAGS : sight.key().flags(),
                life.session());
    if (!standing.isSideDenied()) {
      txn.set(Names.last(standing.election()), Inscription.led(standing.candidate(), life));
    }
    if (listing) {
      txn.lock(place, Inscription.standing(standing.candidate(), life), 0, life.session());
    }
    return switch (kv.transact(txn, "campaign for " + standing.election(), patience)) {
      case Txn.Outcome.Done done -> {
        if (listing) {
          standing.listed(life, done.entry(place).modifyIndex());
        }
        yield Optional.of(won(life, sight, done));
      }
      case Txn.Outcome.Refused refused -> refused(life, refused);
    };
  }

  private Verdict won(Life life, Sight before, Txn.Outcome.Done done) throws UnavailableException {
    KvEntry key = done.entry(standing.key());
    Duration holdOff = holdOff(before);
    Tenure tenure = new Tenure(new Term(key.modifyIndex()), life, key, after(holdOff));
    standing.holds(tenure);
    standing.outlook().asked(new Sight(key.modifyIndex(), key, before.last(), before.line()));
    return elected(tenure, holdOff);
  }

  /**
   * Nothing to wait for where the leader before gave back in order, or where there never was one;
   * otherwise what is left of the time that a loser has, since this candidate saw the key free.
   */
  private Duration holdOff(Sight before) {
    KvEntry key = before.key();
    boolean released = key != null && Inscription.read(key).isReleased();
    boolean virgin =
        key == null
            && before.last() == null
            && !standing.isSideDenied()
            && !standing.outlook().hasSeenHeld();
    if (released || virgin) {
      return Duration.ZERO;
    }
    Duration left = NOTICE.minus(standing.outlook().freeFor());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static long after(Duration duration) {
    return Elapsed.nanos() + duration.toNanos();
  }

  private Optional<Verdict> refused(Life life, Txn.Outcome.Refused refused) throws StoreException {
    standing.outlook().distrust();
    if (refused.says("invalid session")) {
      life.end();
      return Optional.empty();
    }
    if (refused.says("Permission denied")) {
      boolean keyToo = refused.refusals().stream().anyMatch(refusal -> refusal.step() < 2);
      if (keyToo || standing.isSideDenied()) {
        throw RejectedException.because(
            ConsulSettings.TOKEN,
            "may not write the key of " + standing.election() + ": " + refused.quote());
      }
      standing.denySide();
      return Optional.empty();
    }
    return refused.says("lock delay")
        ? Optional.of(notElected("lock-delay in force", LOCK_DELAY_RETRY))
        : Optional.empty();
  }

  private Verdict elected(Tenure tenure, Duration holdOff) throws UnavailableException {
    return new Elected(Office.lease(standing, tenure, askedAt), holdOff);
  }
}

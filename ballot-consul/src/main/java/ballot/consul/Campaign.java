package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.ServiceInstance.Place;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question of a candidate whether it leads, which makes it lead if it can. */
final class Campaign {

  /** A new leader waits so long for the work of one that may only just be learning of its loss. */
  static final Duration NOTICE = Duration.ofSeconds(1);

  /** However long the lease of one that may be frozen is said to be. */
  static final Duration LONGEST_NOTICE = Duration.ofSeconds(15);

  /** Between the attempts of two candidates that stand one behind the other. */
  private static final Duration STEP = Duration.ofMillis(20);

  private static final Duration LOCK_DELAY_RETRY = Duration.ofMillis(250);
  private static final Duration UNWATCHED_RETRY = Duration.ofSeconds(1);
  private static final int MOST_ROUNDS = 8;

  private final Standing standing;
  private final Lifeline lifeline;
  private final Kv kv;
  private final Line line;
  private final Patience patience;
  private final long askedAt = BootClock.nanos();

  /** Where the service's instance serves, if the candidate stands for one. */
  private Optional<Place> footing = Optional.empty();

  Campaign(Standing standing, Lifeline lifeline, Kv kv, Patience patience) {
    this.standing = standing;
    this.lifeline = lifeline;
    this.kv = kv;
    this.line = new Line(standing, kv);
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

  /** Nothing when something came in between and all has to be looked at anew. */
  private Optional<Verdict> attempt() throws StoreException {
    Life life;
    try {
      footing = standing.footing().look(patience);
      life = lifeline.life(standing.candidate().id(), patience);
    } catch (UnfitException unfit) {
      return Optional.of(notElected(unfit.because(), UNWATCHED_RETRY));
    }
    Sight sight = look();
    Tenure tenure = standing.tenure();
    if (tenure != null || sight.isHeldBy(life.session())) {
      // A watch may show what was true before; it must not give back what was resigned.
      sight = lookUp(standing, kv, patience);
    }
    KvEntry key = sight.key();
    sight.refuseSemaphore(standing.election());
    if (tenure != null && !isSound(tenure, life, key)) {
      endFormer(tenure, key);
      return Optional.empty();
    }
    if (key != null && key.isHeld()) {
      return held(life, sight, key);
    }
    Duration turn = untilItsTurn(life, sight);
    if (turn.isZero()) {
      return take(life, sight);
    }
    return stays(life, sight, "free; candidates before this one in line go first", turn);
  }

  private Optional<Verdict> stays(Life life, Sight sight, String because, Duration lookAgainIn)
      throws StoreException {
    return line.join(life, sight, patience)
        ? Optional.of(notElected(because, lookAgainIn))
        : Optional.empty();
  }

  private Sight look() throws StoreException {
    Sight known = standing.outlook().trusted();
    return known != null ? known : lookUp(standing, kv, patience);
  }

  /**
   * The truth of the moment; of what stands beside the key only while that is free, or does not say
   * who holds it: nobody else's place in line matters before.
   */
  static Sight lookUp(Standing standing, Kv kv, Patience patience) throws StoreException {
    Outlook outlook = standing.outlook();
    Sight key = Sight.ofKey(standing.election(), kv, patience);
    boolean named = key.isHeld() && key.holder().candidate().isPresent();
    if (named || standing.isSideDenied()) {
      return outlook.asked(key, WatchPlan.Part.KEY);
    }
    Sight beside = Sight.beside(standing.election(), kv, patience);
    return outlook.asked(beside.withKey(key.key()), WatchPlan.Part.WHOLE);
  }

  private static boolean isSound(Tenure tenure, Life life, @Nullable KvEntry key) {
    return !tenure.forfeited() && tenure.life() == life && key != null && tenure.lastsIn(key);
  }

  /**
   * A leadership that is over for whoever asks, since it asks to lead: its session was not proven
   * alive all the time, or its key is not what it was. If the key is still held, it is let go.
   */
  private void endFormer(Tenure tenure, @Nullable KvEntry key) throws StoreException {
    if (key != null && tenure.lastsIn(key)) {
      Txn release = tenure.release(key, Inscription.givenBack(standing.candidate(), false));
      var unused = kv.transact(release, "end term " + tenure.term(), patience);
    }
    standing.end(tenure);
    standing.outlook().doubt();
  }

  private Optional<Verdict> held(Life life, Sight sight, KvEntry key) throws StoreException {
    Tenure tenure = standing.tenure();
    if (tenure != null) {
      lifeline.confirm(life, standing, patience);
      return Optional.of(elected(tenure, tenure.holdOffLeft()));
    }
    Inscription inscription = sight.holder();
    if (inscription.isBy(life.session(), standing.place(life))) {
      // It won earlier, and the answer was lost; what stood there before is not known any more.
      return Optional.of(elected(begin(life, key, NOTICE), NOTICE));
    }
    if (!line.join(life, sight, patience)) {
      return Optional.empty();
    }
    Optional<Candidate> holder = inscription.candidate();
    String by = holder.map(Candidate::address).orElse("another tool, session " + key.session());
    return Optional.of(new NotElected(holder, "held by " + by, untilSignalled()));
  }

  private Duration untilSignalled() {
    return standing.outlook().isWatched() ? NotElected.WHEN_SIGNALLED : UNWATCHED_RETRY;
  }

  private static NotElected notElected(String because, Duration lookAgainIn) {
    return new NotElected(Optional.empty(), because, lookAgainIn);
  }

  /** How long those who stand before this candidate have to try before it may. */
  private Duration untilItsTurn(Life life, Sight sight) {
    int rank = sight.rank(standing.place(life));
    return left(STEP.multipliedBy(rank));
  }

  /** What is left of a time that began when the election was seen free. */
  private Duration left(Duration whole) {
    Duration left = whole.minus(standing.outlook().freeFor());
    return left.isNegative() ? Duration.ZERO : left;
  }

  private Optional<Verdict> take(Life life, Sight sight) throws StoreException {
    if (life.provenUntil() - askedAt < life.timeout().toNanos() * 3 / 4) {
      lifeline.confirm(life, standing, patience);
      if (!life.isWhole(BootClock.nanos())) {
        return Optional.empty();
      }
    }
    KvEntry key = sight.key();
    Duration holdOff = holdOff(life, sight);
    if (footing.isPresent() && !holdOff.isZero()) {
      // A service's leader that lost mostly finishes sooner and says so: to those who still wait.
      return stays(life, sight, "the leader before may only just be learning of its loss", holdOff);
    }
    Txn txn =
        new Txn()
            .unchangedSince(standing.key(), sight.keyIndex())
            .lock(
                standing.key(),
                Inscription.held(
                    standing.candidate(), footing, standing.place(life), life, holdOff),
                key == null ? Names.LOCK_FLAGS : key.flags(),
                life.session());
    boolean joins = line.addTo(txn, life, sight);
    return switch (kv.transact(txn, "campaign for " + standing.election(), patience)) {
      case Txn.Outcome.Done done -> {
        if (joins) {
          line.joined(life, done);
        }
        KvEntry taken = done.entry(standing.key());
        standing.outlook().asked(sight.withKey(taken));
        yield Optional.of(elected(begin(life, taken, holdOff), holdOff));
      }
      case Txn.Outcome.Refused refused -> refused(life, refused);
    };
  }

  private Tenure begin(Life life, KvEntry key, Duration holdOff) {
    Tenure tenure = new Tenure(life, key, BootClock.nanos() + holdOff.toNanos());
    standing.begin(tenure);
    return tenure;
  }

  /**
   * Nothing to wait for where the leader before gave back in order, or where there never was one;
   * nor where one that lost has said since that it has finished; otherwise what is left of the time
   * that a loser has, since this candidate saw the key free.
   */
  private Duration holdOff(Life life, Sight before) throws StoreException {
    KvEntry key = before.key();
    String holder = standing.outlook().lastHolder();
    boolean released =
        key != null
            ? Inscription.read(key).isReleased()
            : before.last() != null && Inscription.read(before.last()).isReleasedBy(holder);
    boolean neverLed =
        key == null && before.last() == null && !standing.isSideDenied() && holder == null;
    return released || neverLed ? Duration.ZERO : left(notice(life, before));
  }

  /**
   * A key that vanished while its leader's session lasts was deleted by hand. A leader that is
   * frozen does not learn of that, and its work lasts for as long as its lease does.
   */
  private Duration notice(Life life, Sight before) throws StoreException {
    if (before.key() != null || before.leaseOfTheLast(life.session()).isEmpty()) {
      return NOTICE;
    }
    // A watch may show the place of one whose session has just ended.
    Sight now = Sight.beside(standing.election(), kv, patience);
    Duration lease = now.leaseOfTheLast(life.session()).orElse(NOTICE);
    Duration notice = lease.compareTo(NOTICE) < 0 ? NOTICE : lease;
    return notice.compareTo(LONGEST_NOTICE) > 0 ? LONGEST_NOTICE : notice;
  }

  private Optional<Verdict> refused(Life life, Txn.Outcome.Refused refused) throws StoreException {
    standing.outlook().doubt();
    if (refused.says("invalid session")) {
      life.end();
      return Optional.empty();
    }
    if (refused.isDenied()) {
      line.denied(refused);
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

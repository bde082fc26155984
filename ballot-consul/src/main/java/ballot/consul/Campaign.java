package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.Preference;
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

  /** Between the attempts of two candidates that stand one behind the other. */
  private static final Duration STEP = Duration.ofMillis(20);

  /** Who was asked for its place leaves it to the asker, which may be slow to notice. */
  private static final Duration AFTER_YOU = Duration.ofSeconds(5);

  private static final Duration LOCK_DELAY_RETRY = Duration.ofMillis(250);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);
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
      standing.withdraw(false);
      life = lifeline.life(standing.candidate().id(), patience);
    } catch (UnfitException unfit) {
      var unused = line.withdraw(patience);
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
    Duration turn = left(behind(life, sight));
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
      return Optional.of(elected(begin(life, key, HoldOff.NOTICE), HoldOff.NOTICE));
    }
    if (!line.join(life, sight, patience)) {
      return Optional.empty();
    }
    Optional<Candidate> holder = inscription.candidate();
    String by = holder.map(Candidate::address).orElse("another tool, session " + key.session());
    boolean foreign = holder.isEmpty() && !sight.isOverwritten();
    return Optional.of(
        new NotElected(holder, "held by " + by + plea(holder), untilSignalled(), foreign));
  }

  /** What becomes of the wish to take over, if there is one. */
  private String plea(Optional<Candidate> holder) {
    Preference own = standing.candidate().preference();
    if (!own.takesOverFrom(holder.map(Candidate::preference).orElse(Preference.NONE))) {
      return "";
    }
    if (standing.isSideDenied()) {
      return "; to ask it to step down needs rights on " + Names.beside(standing.election());
    }
    return holder.isPresent()
        ? ", which is asked to step down"
        : ", which cannot be asked to step down and is waited for";
  }

  private Duration untilSignalled() {
    return standing.outlook().isWatched() ? NotElected.WHEN_SIGNALLED : UNWATCHED_RETRY;
  }

  private static NotElected notElected(String because, Duration lookAgainIn) {
    return new NotElected(Optional.empty(), because, lookAgainIn);
  }

  /** How long those who stand before this candidate have to try before it may. */
  private Duration behind(Life life, Sight sight) {
    if (standing.courtesy().isOwed(standing, sight)) {
      return AFTER_YOU;
    }
    return STEP.multipliedBy(sight.rankToLead(standing.place(life)));
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
    Duration aftermath = new HoldOff(standing, kv, patience).after(sight, life);
    Duration holdOff = left(aftermath);
    if (footing.isPresent() && !aftermath.isZero()) {
      // A service's leader that lost mostly finishes sooner and says so: to those who still wait.
      Duration wait = left(aftermath.plus(behind(life, sight)));
      if (!wait.isZero()) {
        return stays(life, sight, "the leader before may only just be learning of its loss", wait);
      }
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
    boolean joins = line.addTo(txn, life, sight, holdOff);
    return switch (kv.transact(txn, "campaign for " + standing.election(), patience)) {
      case Txn.Outcome.Done done -> {
        if (joins) {
          line.joined(life, done);
        }
        KvEntry taken = done.entry(standing.key());
        standing.outlook().asked(sight.withKey(taken));
        yield Optional.of(elected(begin(life, taken, holdOff), holdOff));
      }
      case Txn.Outcome.Refused refused -> refused(life, sight, refused);
    };
  }

  private Tenure begin(Life life, KvEntry key, Duration holdOff) {
    Tenure tenure = new Tenure(life, key, BootClock.nanos() + holdOff.toNanos());
    standing.begin(tenure);
    return tenure;
  }

  private Optional<Verdict> refused(Life life, Sight sight, Txn.Outcome.Refused refused)
      throws StoreException {
    if (refused.says("lock delay")) {
      return Optional.of(notElected("lock-delay in force", untilTheLockDelayIsOver(life, sight)));
    }
    standing.outlook().doubt();
    if (refused.says("invalid session")) {
      life.end();
    } else if (refused.isDenied()) {
      line.denied(refused);
    }
    return Optional.empty();
  }

  /** As if the session before had asked for the same delay as this one; else it is tried again. */
  private Duration untilTheLockDelayIsOver(Life life, Sight sight) {
    Duration left = left(lifeline.lockDelay().plus(behind(life, sight)));
    if (left.isZero()) {
      return LOCK_DELAY_RETRY;
    }
    return left.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : left;
  }

  private Verdict elected(Tenure tenure, Duration holdOff) throws UnavailableException {
    return new Elected(Office.lease(standing, tenure, askedAt), holdOff);
  }
}

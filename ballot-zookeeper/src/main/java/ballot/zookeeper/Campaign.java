package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.Optional;

/** One question of a candidate whether it leads, which makes it lead if it can. */
final class Campaign {

  private static final int MOST_ROUNDS = 8;

  private final Standing standing;
  private final Ensemble ensemble;
  private final Patience patience;
  private final Queue queue;
  private final LeaseLook leaseLook;
  private final Office office;
  private final String attempt;

  Campaign(Standing standing, Ensemble ensemble, Access access, Patience patience) {
    this.standing = standing;
    this.ensemble = ensemble;
    this.patience = patience;
    this.queue = new Queue(standing, access, patience);
    this.leaseLook = new LeaseLook(standing, patience);
    this.office = new Office(standing, ensemble, access, patience);
    this.attempt = "campaign for " + standing.election();
  }

  Verdict run() throws StoreException {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Verdict> verdict = attempt();
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    throw new UnavailableException(attempt + ": it changes faster than it can be read");
  }

  /** Nothing when something came in between and all has to be looked at anew. */
  private Optional<Verdict> attempt() throws StoreException {
    Session session = ensemble.session(patience, attempt);
    new Settlement(standing, ensemble, patience).settle();
    Tenure tenure = standing.tenure();
    if (tenure != null) {
      Verdict lasting = office.prove(session, tenure);
      return lasting instanceof Elected ? Optional.of(lasting) : Optional.empty();
    }
    Place place = queue.join(session);
    Optional<Line> line = queue.line(session, place);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    Sight lease = leaseLook.look(session, line.get());
    if (lease == null || !place.isIn(lease)) {
      standing.stands(null); // the base znode was deleted, and what was below it before
      return Optional.empty();
    }
    return queue.isStill(line.get()) ? decide(session, place, line.get(), lease) : Optional.empty();
  }

  private Optional<Verdict> decide(Session session, Place place, Line line, Sight lease)
      throws StoreException {
    Duration wait = standing.vigil().untilFree(session.timeout(), BootClock.nanos());
    if (line.isFirst() && (wait.isZero() || standing.wrote(lease, place))) {
      return claim(session, place, lease);
    }
    Rehearsal.once(standing, session.timeout());
    return Optional.of(refusal(line, lease, wait));
  }

  private static NotElected refusal(Line line, Sight lease, Duration wait) {
    if (!lease.isHeld()) {
      return new NotElected(
          Optional.empty(),
          "free; candidates before this one in line go first",
          NotElected.WHEN_SIGNALLED);
    }
    Inscription inscription = lease.inscription();
    Optional<Candidate> holder = inscription.candidate();
    String name = holder.map(Candidate::address).orElse("another tool");
    boolean foreign = inscription.term().isEmpty();
    if (!line.isFirst()) {
      return new NotElected(holder, "held by " + name, NotElected.WHEN_SIGNALLED, foreign);
    }
    String gone = "waiting for the lease of " + name + ", which may be gone, to run out";
    return new NotElected(holder, gone, wait, foreign);
  }

  private Optional<Verdict> claim(Session session, Place place, Sight lease) throws StoreException {
    Duration holdOff = standing.vigil().holdOff(session.timeout(), BootClock.nanos());
    // The watch would bring news of this very writing, and the new leader ask once more for
    // nothing.
    standing.lookout().distrustLease();
    Deed.Writing writing =
        office.write(session, place, lease, 0, BootClock.nanos() + holdOff.toNanos());
    Reply<Wire.Done> reply = patience.await(writing.reply(), attempt);
    if (reply.isUnknown()) {
      throw Failures.of(reply, attempt);
    }
    standing.settled();
    return switch (reply.code()) {
      case OK -> {
        var stat = reply.get().written(1);
        if (!writing.isIn(stat)) {
          standing.stands(null);
          yield Optional.empty();
        }
        Tenure won = standing.wrote(writing, stat.getVersion(), stat.getMzxid());
        yield Optional.of(office.elected(session, won, holdOff));
      }
      case NONODE -> {
        standing.stands(null);
        yield Optional.empty();
      }
      case BADVERSION -> {
        standing.lookout().distrustLease();
        yield Optional.empty();
      }
      default -> throw Failures.of(reply, attempt);
    };
  }
}

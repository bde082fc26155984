package ballot.zookeeper;

import ballot.api.BootClock;
import ballot.api.Candidate;
import ballot.api.Lease;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.jspecify.annotations.Nullable;

/** One question of a candidate about a leadership that it has: whether it lasts, or to end it. */
final class Office {

  private static final int ANY = -1;
  private static final int MOST_ROUNDS = 4;
  private static final byte[] NOTHING = new byte[0];

  private final Standing standing;
  private final Ensemble ensemble;
  private final Access access;
  private final Patience patience;
  private final long askedAt = BootClock.nanos();

  Office(Standing standing, Ensemble ensemble, Access access, Patience patience) {
    this.standing = standing;
    this.ensemble = ensemble;
    this.access = access;
    this.patience = patience;
  }

  /** The leadership of that term, if it is the one that the candidate has. */
  private @Nullable Tenure tenure(Term term) {
    Tenure tenure = standing.tenure();
    return tenure != null && tenure.term().equals(term) ? tenure : null;
  }

  Verdict renew(Term term) throws StoreException {
    if (tenure(term) == null && standing.deed() == null) {
      return over("term " + term + " is over");
    }
    Session session = ensemble.session(patience, "prove term " + term);
    Rehearsal.once(standing, session.timeout()); // one that never waited has to hand over as well
    new Settlement(standing, ensemble, patience).settle();
    Tenure tenure = tenure(term);
    return tenure == null ? over("term " + term + " is over") : prove(session, tenure);
  }

  /** Writes the lease once more; not elected when the leadership is over for certain. */
  Verdict prove(Session session, Tenure tenure) throws StoreException {
    if (tenure.place().session() != session.id()) {
      return outlivedItsSession(session, tenure);
    }
    String attempt = "prove term " + tenure.term() + " of " + standing.election();
    if (standing.succession().isDoubted() && !isInPlace(session, tenure, attempt)) {
      return outlivedItsSession(session, tenure);
    }
    Sight before =
        new Sight(tenure.created(), tenure.version(), tenure.term().number(), tenure.data());
    Deed.Writing writing =
        write(session, tenure.place(), before, tenure.term().number(), tenure.workMayStartAt());
    Reply<Wire.Done> reply = patience.await(writing.reply(), attempt);
    if (reply.isUnknown()) {
      throw Failures.of(reply, attempt);
    }
    standing.settled();
    return switch (reply.code()) {
      case OK -> {
        var stat = reply.get().written(1);
        if (!writing.isIn(stat)) {
          standing.ends(tenure);
          standing.stands(null);
          yield over("its election was deleted and made anew");
        }
        Tenure longer = standing.wrote(writing, stat.getVersion(), stat.getMzxid());
        yield elected(session, longer, holdOffLeft(longer));
      }
      case NONODE -> outlivedItsSession(session, tenure);
      case BADVERSION -> {
        standing.ends(tenure);
        yield over("its lease was overwritten by somebody else");
      }
      default -> throw Failures.of(reply, attempt);
    };
  }

  /** Asks for the lease to be written, bound to the state seen and to the candidate's place. */
  Deed.Writing write(Session session, Place place, Sight before, long term, long workMayStartAt) {
    byte[] data =
        Inscription.lease(
            standing.candidate(), place.path(), session.timeout(), Instant.now(), term);
    Deed.Writing writing =
        new Deed.Writing(
            session.id(),
            place,
            data,
            before,
            workMayStartAt,
            Wire.all(
                session.handle(),
                Op.check(place.path(), ANY),
                Op.setData(standing.base(), data, before.version())));
    standing.begins(writing);
    return writing;
  }

  /** The lease that was just proven; the leader of it is told about whoever stands behind it. */
  Elected elected(Session session, Tenure tenure, Duration holdOff) {
    Duration valid = standing.succession().validity(session.timeout());
    standing.leads(tenure.leasedUntil(askedAt + valid.toNanos()));
    standing.succession().watch(session, tenure);
    return new Elected(new Lease(tenure.term(), valid), holdOff);
  }

  private static Duration holdOffLeft(Tenure tenure) {
    return Duration.ofNanos(Math.max(0, tenure.workMayStartAt() - BootClock.nanos()));
  }

  private boolean isInPlace(Session session, Tenure tenure, String attempt) throws StoreException {
    var reply = patience.await(Wire.exists(session.handle(), tenure.place().path(), null), attempt);
    if (reply.says(Code.NONODE)) {
      return false;
    }
    if (!reply.isOk()) {
      throw Failures.of(reply, attempt);
    }
    return reply.get().getCzxid() == tenure.place().made();
  }

  /**
   * The candidate's place is gone. That ends its leadership, unless nobody could be asked for
   * longer than the lease held: whoever still goes on leading then does so on purpose, until the
   * servers are back, and if nobody has led meanwhile it still leads, from a new place.
   */
  private Verdict outlivedItsSession(Session session, Tenure tenure) throws StoreException {
    boolean lapsed = askedAt - tenure.leaseUntil() > 0;
    String attempt = "prove term " + tenure.term() + " of " + standing.election();
    Sight now = Settlement.look(session, standing.base(), patience, attempt);
    if (!lapsed || now == null || !tenure.lastsIn(now)) {
      standing.ends(tenure);
      standing.stands(null);
      return over("its session has ended");
    }
    standing.stands(null);
    Place place = new Queue(standing, access, patience).join(session);
    Tenure moved = tenure.at(place);
    standing.leads(moved);
    return prove(session, moved);
  }

  void resign(Term term) throws StoreException {
    String attempt = "resign term " + term + " of " + standing.election();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      if (tenure(term) == null && standing.deed() == null) {
        return;
      }
      Session session = ensemble.session(patience, attempt);
      new Settlement(standing, ensemble, patience).settle();
      Tenure tenure = tenure(term);
      if (tenure == null || giveBack(session, tenure, attempt)) {
        return;
      }
    }
    throw new UnavailableException(attempt + ": it changes faster than it can be read");
  }

  /** False when something came in between and it has to be tried anew. */
  private boolean giveBack(Session session, Tenure tenure, String attempt) throws StoreException {
    boolean stands = tenure.place().session() == session.id();
    if (stands && standing.succession().isDoubted() && !isInPlace(session, tenure, attempt)) {
      return isLost(session, tenure, attempt);
    }
    Op empty = Op.setData(standing.base(), NOTHING, tenure.version());
    Op leave = Op.delete(tenure.place().path(), ANY);
    Deed.GivingBack back =
        new Deed.GivingBack(
            session.id(),
            tenure.place(),
            new Sight(tenure.created(), tenure.version(), 0, tenure.data()),
            stands ? Wire.all(session.handle(), empty, leave) : Wire.all(session.handle(), empty));
    standing.begins(back);
    Reply<Wire.Done> reply = patience.await(back.reply(), attempt);
    if (reply.isUnknown()) {
      throw Failures.of(reply, attempt);
    }
    standing.settled();
    return switch (reply.code()) {
      case OK -> {
        standing.gaveBack();
        yield true;
      }
      case BADVERSION -> {
        standing.ends(tenure); // somebody else wrote there: nothing is left to give back
        yield true;
      }
      case NONODE -> {
        yield isLost(session, tenure, attempt);
      }
      default -> throw Failures.of(reply, attempt);
    };
  }

  /** The place in line is gone, or the whole election is; in the first case the lease is left. */
  private boolean isLost(Session session, Tenure tenure, String attempt) throws StoreException {
    Sight now = Settlement.look(session, standing.base(), patience, attempt);
    if (now == null || !tenure.lastsIn(now)) {
      standing.ends(tenure);
      standing.stands(null);
      return true;
    }
    standing.leads(tenure.at(new Place(tenure.place().path(), 0, 0)));
    return false;
  }

  private static NotElected over(String because) {
    return new NotElected(Optional.<Candidate>empty(), because, Duration.ZERO);
  }
}

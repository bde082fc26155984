package ballot.consul;

import ballot.api.BootClock;
import ballot.api.Preference;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * The line of candidates, and the record of the last leader: keys beside the election's own. An
 * election works without them, where the token may write its key alone.
 */
final class Line {

  private static final Logger LOG = System.getLogger(Line.class.getName());

  private static final Duration LEAVING = Duration.ofMillis(400);

  /** The steps of a transaction before those that concern the keys beside the election. */
  private static final int STEPS_ON_KEY = 2;

  private final Standing standing;
  private final Kv kv;

  Line(Standing standing, Kv kv) {
    this.standing = standing;
    this.kv = kv;
  }

  /** Takes a place at the end, if it has none; false when the session turned out to be gone. */
  boolean join(Life life, Sight sight, Patience patience) throws StoreException {
    if (standing.isSideDenied() || standing.isWithdrawn() || standing.isListed(life, sight)) {
      return true;
    }
    Txn txn = place(new Txn(), life);
    return switch (kv.transact(txn, "stand in " + standing.election(), patience)) {
      case Txn.Outcome.Done done -> {
        joined(life, done);
        if (standing.isWithdrawn()) {
          leave(patience);
        }
        yield true;
      }
      case Txn.Outcome.Refused refused when refused.says("invalid session") -> {
        life.end();
        yield false;
      }
      case Txn.Outcome.Refused refused -> {
        if (refused.isDenied()) {
          standing.denySide();
        }
        yield true;
      }
    };
  }

  /**
   * Has the record written with the key, and the place taken; whether the latter was needed. The
   * record must be the one that was seen: otherwise somebody has led since.
   */
  boolean addTo(Txn txn, Life life, Sight sight, Duration holdOff) {
    if (standing.isSideDenied()) {
      return false;
    }
    String last = Names.last(standing.election());
    txn.change(
        last,
        Inscription.led(standing.candidate(), standing.place(life), life, holdOff),
        sight.lastIndex());
    if (standing.isListed(life, sight)) {
      return false;
    }
    place(txn, life);
    return true;
  }

  private Txn place(Txn txn, Life life) {
    String value = Inscription.standing(standing.candidate(), life);
    boolean says = !standing.candidate().preference().equals(Preference.NONE);
    long flags = says ? Names.PREFERENCE_FLAGS : 0;
    return txn.lock(standing.place(life), value, flags, life.session());
  }

  /**
   * Moves to the end of the line in the same transaction; whether that is possible. Who may not
   * lead now only leaves its place.
   */
  boolean addLeavingTo(Txn txn, Life life) {
    if (standing.isSideDenied() || !life.isWhole(BootClock.nanos())) {
      return false;
    }
    txn.delete(standing.place(life));
    if (standing.isWithdrawn()) {
      return false;
    }
    place(txn, life);
    return true;
  }

  KvEntry joined(Life life, Txn.Outcome.Done done) {
    KvEntry place = done.entry(standing.place(life));
    standing.listed(life, place.modifyIndex());
    return place;
  }

  /**
   * A transaction on the key and on what is beside it was denied: from now on without the latter.
   *
   * @throws RejectedException when it is the key itself that may not be written
   */
  void denied(Txn.Outcome.Refused refused) throws RejectedException {
    boolean keyToo = refused.refusals().stream().anyMatch(refusal -> refusal.step() < STEPS_ON_KEY);
    if (keyToo || standing.isSideDenied()) {
      throw RejectedException.because(
          ConsulSettings.TOKEN,
          "could not write the key of "
              + standing.election()
              + ": "
              + refused.quote()
              + "; the token needs the right to write: "
              + Names.rule(standing.key(), "write"));
    }
    standing.denySide();
  }

  /** Gives the place up, as well as it can be done in the time. */
  void leave(Patience patience) throws StoreException {
    Life life = standing.listedUnder();
    if (life == null || life.isGone()) {
      return;
    }
    String place = standing.place(life);
    Txn txn = new Txn().heldBy(place, life.session()).delete(place);
    var unused = kv.transact(txn, "leave " + standing.election(), patience);
    standing.unlisted();
  }

  /**
   * Who may not lead now does not stand in line, where others would reckon with it.
   *
   * @return false when it may still stand there, since the store did not answer
   */
  boolean withdraw(Patience patience) {
    standing.withdraw(true);
    if (standing.tenure() != null) {
      return true;
    }
    try {
      leave(patience.atMost(LEAVING));
      return true;
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "{0} is still in line: {1}", standing, unreachable.getMessage());
      return false;
    }
  }
}

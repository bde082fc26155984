package ballot.consul;

import ballot.api.StoreException;

/**
 * Says that nothing is left of a leadership that was taken away, so that the next leader need not
 * wait: on the record of the last leadership, since the key is gone.
 */
final class Farewell {

  private final Standing standing;
  private final Kv kv;

  Farewell(Standing standing, Kv kv) {
    this.standing = standing;
    this.kv = kv;
  }

  /** Says it once, if there is anything to say and nobody leads yet. */
  void say(Patience patience) throws StoreException {
    Tenure lost = standing.lost();
    if (lost == null || standing.isSideDenied()) {
      return;
    }
    Sight sight = Campaign.lookUp(standing, kv, patience);
    KvEntry last = sight.last();
    if (!sight.isHeld() && last != null && isBy(lost, last)) {
      Txn txn =
          new Txn()
              .unchangedSince(last.key(), last.modifyIndex())
              .set(last.key(), record(lost.life()));
      var unused = kv.transact(txn, "say that term " + lost.term() + " is over", patience);
    }
    standing.forgetLost();
  }

  private String record(Life life) {
    return Inscription.led(standing.candidate(), standing.place(life), life, true);
  }

  private static boolean isBy(Tenure lost, KvEntry last) {
    return Inscription.read(last).isOf(lost.life().session());
  }
}

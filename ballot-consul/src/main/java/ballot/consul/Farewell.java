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

  /**
   * Says it once, if there is anything to say and nobody leads yet. A leadership that was lost
   * before its hold-off was over has nothing to say: of the one before there may be something left.
   */
  void say(Patience patience) throws StoreException {
    Tenure lost = standing.lost();
    if (lost == null || standing.isSideDenied()) {
      return;
    }
    if (lost.holdOffLeft().isZero()) {
      say(lost, patience);
    }
    standing.forgetLost();
  }

  private void say(Tenure lost, Patience patience) throws StoreException {
    Sight sight = Campaign.lookUp(standing, kv, patience);
    KvEntry last = sight.last();
    if (!sight.isHeld() && last != null && isBy(lost, last)) {
      Txn txn = new Txn().change(last.key(), record(lost.life()), last.modifyIndex());
      var unused = kv.transact(txn, "say that term " + lost.term() + " is over", patience);
    }
  }

  private String record(Life life) {
    return Inscription.over(standing.candidate(), standing.place(life), life);
  }

  /** Others of this process lead under the same session; a record is written with the key. */
  private static boolean isBy(Tenure lost, KvEntry last) {
    return last.modifyIndex() == lost.term().number();
  }
}

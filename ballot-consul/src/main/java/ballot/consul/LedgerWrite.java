package ballot.consul;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One write of a ledger: a transaction that is bound to the election's key as the leader took it,
 * and to the page before. What a refusal means is read from the keys, not from Consul's words.
 *
 * <p>Runs beside the questions of its candidacy and so changes nothing of what that knows; who
 * learns here that a leadership is over learns it there by its next renewal.
 */
final class LedgerWrite {

  private static final int MOST_ROUNDS = 4;

  /** The steps of the transaction that concern the election's key; the next is the ledger's. */
  private static final int STEPS_ON_KEY = 2;

  private final LedgerPlace place;
  private final Standing standing;
  private final Kv kv;
  private final Patience patience;
  private final String purpose;

  LedgerWrite(LedgerPlace place, Standing standing, Kv kv, Patience patience) {
    this.place = place;
    this.standing = standing;
    this.kv = kv;
    this.patience = patience;
    this.purpose = "write " + place;
  }

  /** How the election's key stands to a leadership. */
  private sealed interface Hold {

    /** It holds the key, in this state. */
    record Lasts(KvEntry key) implements Hold {}

    /** It does not any more, for certain. */
    record Over(String because) implements Hold {}
  }

  Receipt put(Term term, Page before, String text) throws StoreException {
    Tenure tenure = tenure(term);
    if (tenure == null) {
      return new Receipt.NotLeading("term " + term + " is over");
    }
    if (tenure.life().isGone()) {
      return new Receipt.NotLeading("its session has ended");
    }
    return put(tenure, before, text);
  }

  private Receipt put(Tenure tenure, Page before, String text) throws StoreException {
    KvEntry key = tenure.entry();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (kv.transact(steps(tenure, key, before, text), purpose, patience)) {
        case Txn.Outcome.Done done -> {
          return new Receipt.Written(new Page(text, done.entry(place.key()).modifyIndex()));
        }
        case Txn.Outcome.Refused refused -> {
          if (refused.isDenied()) {
            throw denied(refused);
          }
          switch (look(tenure, key)) {
            case Hold.Over over -> {
              return new Receipt.NotLeading(over.because());
            }
            case Hold.Lasts lasts -> {
              if (lasts.key().modifyIndex() == key.modifyIndex()) {
                return overtaken(before, refused);
              }
              key = lasts.key();
            }
          }
        }
      }
    }
    throw new UnavailableException(
        "could not " + purpose + ": the election's key changes faster than it can be read");
  }

  /** The leadership of that term, if it is the one that the candidate has. */
  private @Nullable Tenure tenure(Term term) {
    Tenure tenure = standing.tenure();
    boolean has = tenure != null && tenure.term().equals(term) && !tenure.forfeited();
    return has ? tenure : null;
  }

  /**
   * Bound to the key as it was when the term was won. Where somebody overwrote its value since,
   * bound to that state, and to the record of the last leadership, which is that of the term.
   */
  private Txn steps(Tenure tenure, KvEntry key, Page before, String text) {
    Txn txn =
        new Txn()
            .heldBy(key.key(), tenure.life().session())
            .unchangedSince(key.key(), key.modifyIndex())
            .change(place.key(), text, before.version());
    long term = tenure.term().number();
    return key.modifyIndex() == term ? txn : txn.unchangedSince(lastKey(), term);
  }

  private String lastKey() {
    return Names.last(standing.election());
  }

  /**
   * Reads what became of the key. One that the same session holds in another state was overwritten,
   * which takes nothing away; or it was given back, and taken again under a later term by somebody
   * who shares the session. The record of the last leadership tells which.
   */
  private Hold look(Tenure tenure, KvEntry known) throws StoreException {
    Optional<KvEntry> found = kv.read(known.key(), purpose, patience);
    if (found.isEmpty()) {
      return new Hold.Over("its key is gone: it was deleted, or its session has ended");
    }
    KvEntry key = found.get();
    if (!tenure.lastsIn(key)) {
      return new Hold.Over("its key was taken away");
    }
    if (key.modifyIndex() == known.modifyIndex()) {
      return new Hold.Lasts(key);
    }
    if (tenure(tenure.term()) == null) {
      return new Hold.Over("term " + tenure.term() + " is over");
    }
    long last = kv.read(lastKey(), purpose, patience).map(KvEntry::modifyIndex).orElse(0L);
    if (last == tenure.term().number()) {
      return new Hold.Lasts(key);
    }
    if (last == key.modifyIndex()) {
      return new Hold.Over("term " + last + " was won since");
    }
    throw new UnavailableException(
        "could not "
            + purpose
            + ": somebody wrote to the election's key, and who led last is not known");
  }

  /** The key has not changed since the term was won: it is the ledger that was not as expected. */
  private Receipt overtaken(Page before, Txn.Outcome.Refused refused) throws StoreException {
    long version = kv.read(place.key(), purpose, patience).map(KvEntry::modifyIndex).orElse(0L);
    if (version != before.version()) {
      return new Receipt.Overtaken();
    }
    throw new RejectedException("could not " + purpose + ": " + refused.quote());
  }

  private RejectedException denied(Txn.Outcome.Refused refused) {
    boolean byKey = refused.refusals().stream().anyMatch(each -> each.step() < STEPS_ON_KEY);
    String key = byKey ? standing.key() : place.key();
    return RejectedException.because(
        ConsulSettings.TOKEN,
        "could not "
            + purpose
            + ": "
            + refused.quote()
            + "; the token needs the right to write: "
            + Names.rule(key, "write"));
  }
}

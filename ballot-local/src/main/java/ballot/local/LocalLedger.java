package ballot.local;

import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Duration;

/** A ledger of one election, for one candidate. */
record LocalLedger(LocalCandidacy candidacy, String name) implements Ledger {

  /** Checks the name. */
  LocalLedger {
    Ledger.name(name);
  }

  @Override
  public Page read(Duration budget) throws StoreException {
    return candidacy.readLedger(name, budget);
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    Ledger.bytes(text);
    return candidacy.writeLedger(name, term, before, text, budget);
  }
}

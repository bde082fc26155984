package ballot.consul;

import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Duration;

/**
 * What the leader keeps in a key beside that of its election, which no candidate watches. A
 * question for it is an own one: it waits for none of its candidacy, and none of those for it.
 */
final class ConsulLedger implements Ledger {

  private final LedgerPlace place;
  private final Standing standing;
  private final Kv kv;
  private final Turnstile questions;

  /**
   * Asks nothing.
   *
   * @param questions of the candidacy: its end is the end of those for the ledger
   */
  ConsulLedger(String name, Standing standing, Kv kv, Turnstile questions) {
    this.place = new LedgerPlace(standing.election(), name);
    this.standing = standing;
    this.kv = kv;
    this.questions = questions;
  }

  @Override
  public Page read(Duration budget) throws StoreException {
    return questions.ask(budget, patience -> place.read(kv, patience));
  }

  @Override
  public Receipt write(Term term, Page before, String text, Duration budget) throws StoreException {
    var unusedBytes = Ledger.bytes(text);
    return questions.ask(
        budget, patience -> new LedgerWrite(place, standing, kv, patience).put(term, before, text));
  }
}

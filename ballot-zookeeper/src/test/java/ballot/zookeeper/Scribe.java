package ballot.zookeeper;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import java.time.Duration;

/**
 * A candidate, in any store, that keeps ledgers, and fails the test when an answer is not the one
 * expected.
 */
final class Scribe implements AutoCloseable {

  private static final Duration BUDGET = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Candidacy candidacy;
  private final Ledger runs;

  Scribe(ElectionStore store, ElectionName election, String id) {
    this.candidacy = store.stand(election, Contender.candidate(id), () -> {});
    this.runs = ledger("runs");
  }

  Candidacy candidacy() {
    return candidacy;
  }

  /** The one that the other questions are about. */
  Ledger runs() {
    return runs;
  }

  Ledger ledger(String name) {
    return candidacy.ledger(name).orElseThrow();
  }

  /** Asks until it is elected. */
  Term wins() {
    return Await.value(
        "it is elected",
        SOON,
        () -> {
          try {
            return candidacy.campaign(BUDGET) instanceof Elected elected
                ? elected.lease().term()
                : null;
          } catch (StoreException failure) {
            throw new AssertionError(failure);
          }
        });
  }

  void keeps(Term term) throws StoreException {
    if (!(candidacy.renew(term, BUDGET) instanceof Elected)) {
      throw new AssertionError("term " + term + " was to last");
    }
  }

  Page reads() throws StoreException {
    return runs.read(BUDGET);
  }

  Receipt tries(Term term, Page before, String text) throws StoreException {
    return runs.write(term, before, text, BUDGET);
  }

  Page writes(Term term, Page before, String text) throws StoreException {
    Receipt receipt = tries(term, before, text);
    if (receipt instanceof Written written) {
      return written.page();
    }
    throw new AssertionError("'" + text + "' was to be written, and is " + receipt);
  }

  @Override
  public void close() {
    candidacy.close();
  }
}

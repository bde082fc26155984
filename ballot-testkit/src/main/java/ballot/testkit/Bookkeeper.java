package ballot.testkit;

import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Duration;

/**
 * A contender with one of its ledgers in a test: reads and writes, and fails the test when the
 * answer is not the one expected.
 *
 * <p>Used by many threads, as a ledger is.
 *
 * @param budget how long a call may take that is to be answered
 */
public record Bookkeeper(Contender contender, Ledger ledger, Duration budget) {

  /** The ledger of that name, which there must be. */
  public static Bookkeeper of(Contender contender, String name, Duration budget) {
    return new Bookkeeper(
        contender,
        contender
            .candidacy()
            .ledger(name)
            .orElseThrow(() -> new AssertionError(contender + " has no ledger " + name)),
        budget);
  }

  /** What stands there. */
  public Page reads() throws StoreException {
    return ledger.read(budget);
  }

  /** Asks once to write. */
  public Receipt asks(Term term, Page before, String text) throws StoreException {
    return ledger.write(term, before, text, budget);
  }

  /** Writes, and must be told that it is written. */
  public Page writes(Term term, Page before, String text) throws StoreException {
    return switch (asks(term, before, text)) {
      case Written(Page page) -> page;
      case Overtaken refused -> throw unexpected("write in term " + term, refused);
      case NotLeading refused -> throw unexpected("write in term " + term, refused);
    };
  }

  /** Tries to write, and must be told that another page came between. */
  public void isOvertaken(Term term, Page before, String text) throws StoreException {
    switch (asks(term, before, text)) {
      case Overtaken asItShould -> {}
      case Written other -> throw unexpected("be overtaken in term " + term, other);
      case NotLeading other -> throw unexpected("be overtaken in term " + term, other);
    }
  }

  /** Tries to write, and must be told, with a reason, that it does not lead under that term. */
  public void leadsNot(Term term, Page before, String text) throws StoreException {
    switch (asks(term, before, text)) {
      case NotLeading(String because) -> {
        if (because.isBlank()) {
          throw new AssertionError(contender + " was not told why it does not lead");
        }
      }
      case Written other -> throw unexpected("be told that it does not lead", other);
      case Overtaken other -> throw unexpected("be told that it does not lead", other);
    }
  }

  private AssertionError unexpected(String what, Receipt receipt) {
    return new AssertionError(contender + " was to " + what + ", and is told " + receipt);
  }

  @Override
  public String toString() {
    return contender.toString();
  }
}

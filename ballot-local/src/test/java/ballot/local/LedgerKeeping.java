package ballot.local;

import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import java.time.Duration;

/** What a {@link CandidateProcess} does with its ledger. */
record LedgerKeeping(Ledger ledger, Duration budget) {

  static final String NAME = "runs";

  /** Writes the page after the last one. */
  String write(Term term, String text) throws StoreException {
    return switch (ledger.write(term, ledger.read(budget), text, budget)) {
      case Written(Page page) -> "written " + page.version();
      case Overtaken overtaken -> "overtaken";
      case NotLeading(String because) -> "leads not: " + because;
    };
  }

  String read() throws StoreException {
    return "stands: " + ledger.read(budget).text();
  }

  /** Counts, a long page a number, and says each one that is written; for ever. */
  String count(Term term) throws StoreException {
    String answer = "";
    for (long number = 0; ; number++) {
      answer = write(term, text(number));
      if (!answer.startsWith("written")) {
        return answer;
      }
      System.out.println("counted " + number);
    }
  }

  /** Of very different lengths, so that a part of one is no part of the next. */
  static String text(long number) {
    String one = number + " ";
    return one.repeat((int) (number % 3 == 0 ? 1 : Ledger.LONGEST / one.length()));
  }
}

package ballot.e2e.pausing;

import ballot.api.Candidacy;
import ballot.api.Ledger;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A real candidacy with ledgers that hold still. */
record PausingCandidacy(Candidacy real, PauseFolder pauses, String candidate) implements Candidacy {

  @Override
  public Verdict campaign(Duration budget) throws StoreException {
    return real.campaign(budget);
  }

  @Override
  public Verdict renew(Term term, Duration budget) throws StoreException {
    return real.renew(term, budget);
  }

  @Override
  public void resign(Term term, Duration budget) throws StoreException {
    real.resign(term, budget);
  }

  @Override
  public Optional<Path> workRecord() {
    return real.workRecord();
  }

  @Override
  public Optional<Ledger> ledger(String name) {
    return real.ledger(name).map(ledger -> new PausingLedger(ledger, pauses, candidate));
  }

  @Override
  public void close() {
    real.close();
  }
}

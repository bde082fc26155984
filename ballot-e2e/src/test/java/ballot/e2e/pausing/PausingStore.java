package ballot.e2e.pausing;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.StoreException;
import java.time.Duration;

/** A real store whose leaders hold still. */
record PausingStore(ElectionStore real, PauseFolder pauses) implements ElectionStore {

  @Override
  public Duration nominalValidity() {
    return real.nominalValidity();
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    return new PausingCandidacy(real.stand(election, candidate, signal), pauses, candidate.id());
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    return real.observe(election, budget);
  }

  @Override
  public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws StoreException {
    return real.readLedger(election, name, budget);
  }

  @Override
  public void close() {
    real.close();
  }
}

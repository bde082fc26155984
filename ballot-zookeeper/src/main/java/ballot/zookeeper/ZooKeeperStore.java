package ballot.zookeeper;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** All elections of this process in one ensemble, over one session. */
final class ZooKeeperStore implements ElectionStore {

  private final Access access;
  private final Set<ZooKeeperCandidacy> candidacies = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Ensemble ensemble;
  private final Leaving leaving;
  private final Keeper keeper;

  ZooKeeperStore(Access access) {
    this.access = access;
    this.ensemble = new Ensemble(access, this::connectionChanged);
    this.leaving = new Leaving(ensemble);
    this.keeper = new Keeper(ensemble, leaving, candidacies);
  }

  Access access() {
    return access;
  }

  Ensemble ensemble() {
    return ensemble;
  }

  private void connectionChanged() {
    candidacies.forEach(candidacy -> candidacy.standing().signal().lookAgain());
    leaving.goOn();
  }

  @Override
  public Duration nominalValidity() {
    return access.sessionTimeout();
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    Standing standing = new Standing(election, candidate, signal);
    ZooKeeperCandidacy candidacy = new ZooKeeperCandidacy(this, standing);
    candidacies.add(candidacy);
    keeper.begin();
    if (closed.get()) {
      candidacy.close();
    }
    return candidacy;
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    return new Onlooker(ensemble, access.hosts(), Patience.of(budget)).look(election);
  }

  @Override
  public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws StoreException {
    return new Onlooker(ensemble, access.hosts(), Patience.of(budget))
        .read(election, Ledger.name(name));
  }

  /** A candidacy has left; its place in line goes too. */
  void closed(ZooKeeperCandidacy candidacy) {
    candidacies.remove(candidacy);
    candidacy.standing().watchesNoMore();
    leaving.leave(candidacy.standing());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    List.copyOf(candidacies).forEach(ZooKeeperCandidacy::silence);
    keeper.close();
    ensemble.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

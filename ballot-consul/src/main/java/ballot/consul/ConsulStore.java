package ballot.consul;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Roster;
import ballot.api.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All elections of this process in one Consul. */
final class ConsulStore implements ElectionStore {

  private static final Logger LOG = System.getLogger(ConsulStore.class.getName());
  private static final Duration LEAVING = Duration.ofMillis(400);

  private final ConsulHttp http;
  private final Kv kv;
  private final Sessions sessions;
  private final Lifeline lifeline;
  private final Watches watches;
  private final Keeper keeper;
  private final Set<ConsulCandidacy> candidacies = ConcurrentHashMap.newKeySet();

  /** How often this process stood in each election; guarded by this. */
  private final Map<ElectionName, Integer> stood = new HashMap<>();

  /** Guarded by this. */
  private boolean closed;

  ConsulStore(ConsulHttp http, Sessions sessions, Lifeline lifeline) {
    this.http = http;
    this.kv = new Kv(http);
    this.sessions = sessions;
    this.lifeline = lifeline;
    this.watches = new Watches(kv);
    this.keeper = new Keeper(lifeline, kv, watches);
  }

  Kv kv() {
    return kv;
  }

  Lifeline lifeline() {
    return lifeline;
  }

  Watches watches() {
    return watches;
  }

  ConsulHttp http() {
    return http;
  }

  @Override
  public Duration nominalValidity() {
    return lifeline.nominalValidity();
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    int number;
    synchronized (this) {
      number = stood.merge(election, 1, Integer::sum) - 1;
    }
    Standing standing = new Standing(election, candidate, number, new Outlook(election, signal));
    ConsulCandidacy candidacy = new ConsulCandidacy(this, standing);
    candidacies.add(candidacy);
    keeper.watchOver(standing);
    if (isClosed()) {
      candidacy.close();
    }
    return candidacy;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    return new Onlooker(kv, sessions).look(election, Patience.of(budget));
  }

  /** A candidacy has left. What it may still hold is watched over until it has run out. */
  void closed(ConsulCandidacy candidacy) {
    candidacies.remove(candidacy);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    boolean interrupted = Thread.interrupted();
    List.copyOf(candidacies).forEach(ConsulCandidacy::silence);
    keeper.close();
    leave(Patience.of(LEAVING));
    http.close();
    watches.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the sessions, unless something that one holds has to run out by itself. */
  private void leave(Patience patience) {
    if (keeper.holdsAnything()) {
      return;
    }
    try {
      for (Life life = lifeline.pollAny(); life != null; life = lifeline.pollAny()) {
        lifeline.bury(life, patience);
      }
      lifeline.leave(patience);
    } catch (StoreException unreachable) {
      LOG.log(Level.DEBUG, "left without a word: {0}", unreachable.getMessage());
    }
  }
}

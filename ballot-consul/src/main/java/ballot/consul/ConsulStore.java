package ballot.consul;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.RejectedException;
import ballot.api.Roster;
import ballot.api.ServiceInstance;
import ballot.api.ServiceRegistry;
import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All elections of this process in one Consul, and the services that it stands for. */
final class ConsulStore implements ElectionStore, ServiceRegistry {

  private static final Duration LEAVING = Duration.ofMillis(400);

  private final ConsulHttp http;
  private final Tokens tokens;
  private final Crews crews;
  private final Set<ConsulCandidacy> candidacies = ConcurrentHashMap.newKeySet();
  private final Set<ConsulInstance> instances = ConcurrentHashMap.newKeySet();

  /** How often this process stood in each election; guarded by this. */
  private final Map<ElectionName, Integer> stood = new HashMap<>();

  /** Guarded by this. */
  private boolean closed;

  ConsulStore(ConsulHttp http, SessionTerms terms) {
    this.http = http;
    this.tokens = new Tokens(http);
    this.crews = new Crews(tokens.own(), terms);
  }

  @Override
  public Duration nominalValidity() {
    return crews.main().lifeline().nominalValidity();
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
    return stand(crews.main(), election, candidate, signal, Footing.ITSELF);
  }

  /** Prepares to stand, sharing a session with a crew. */
  ConsulCandidacy stand(
      Crew crew, ElectionName election, Candidate candidate, ChangeSignal signal, Footing footing) {
    int number;
    synchronized (this) {
      number = stood.merge(election, 1, Integer::sum) - 1;
    }
    Outlook outlook = new Outlook(election, signal);
    Standing standing = new Standing(election, candidate, number, outlook, footing);
    ConsulCandidacy candidacy = new ConsulCandidacy(this, crew, standing);
    candidacies.add(candidacy);
    crew.keeper().watchOver(standing);
    if (isClosed()) {
      candidacy.close();
    }
    return candidacy;
  }

  @Override
  public ServiceInstance attend(ServiceSpec spec, ChangeSignal signal) throws RejectedException {
    SpecCheck.refuseUnworkable(spec);
    Rights rights = tokens.of(spec);
    Crew crew = crews.join(rights, spec, ConsulInstance.ties(rights, spec));
    ConsulInstance instance = new ConsulInstance(this, rights, crew, spec, signal);
    instances.add(instance);
    if (isClosed()) {
      instance.close();
    }
    return instance;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public Roster observe(ElectionName election, Duration budget) throws StoreException {
    Rights own = tokens.own();
    return new Onlooker(own.kv(), own.sessions()).look(election, Patience.of(budget));
  }

  @Override
  public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
      throws StoreException {
    return new LedgerPlace(election, name).read(tokens.own().kv(), Patience.of(budget));
  }

  /** A candidacy has left. What it may still hold is watched over until it has run out. */
  void closed(ConsulCandidacy candidacy) {
    candidacies.remove(candidacy);
  }

  /** An instance is not attended to any more. */
  void closed(ConsulInstance instance, Crew crew) {
    instances.remove(instance);
    crews.leave(crew);
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
    instances.forEach(ConsulInstance::silence);
    List.copyOf(candidacies).forEach(ConsulCandidacy::silence);
    Patience patience = Patience.of(LEAVING);
    crews.all().forEach(crew -> crew.leave(patience));
    tokens.close();
    http.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

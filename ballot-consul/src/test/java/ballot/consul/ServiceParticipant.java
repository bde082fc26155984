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
import ballot.api.StoreException;
import ballot.testkit.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process whose candidates all stand for one instance of a service, which is fit. */
final class ServiceParticipant implements Participant {

  private final ConsulAgent agent;
  private final ConsulParticipant process;
  private final ServiceSpecs specs;
  private final Store store = new Store();

  ServiceParticipant(ConsulAgent agent, ConsulParticipant process, List<String> checks) {
    this.agent = agent;
    this.process = process;
    String service = OnServices.freshService();
    OnServices.registerWithCheck(agent, service, service);
    this.specs = ServiceSpecs.of(service, service).withChecks(checks.toArray(String[]::new));
  }

  @Override
  public ElectionStore store() {
    return store;
  }

  @Override
  public void fallSilent() {
    process.fallSilent();
  }

  @Override
  public void cutOff() {
    process.cutOff();
  }

  @Override
  public void reconnect() {
    process.reconnect();
  }

  @Override
  public void close() {
    process.close();
    agent.put("/v1/agent/service/deregister/" + specs.spec().id(), "");
  }

  private final class Store implements ElectionStore {

    @Override
    public Duration nominalValidity() {
      return process.store().nominalValidity();
    }

    @Override
    public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal signal) {
      try {
        ServiceInstance instance = ((ServiceRegistry) process.store()).attend(specs.spec(), signal);
        return new Standing(instance, instance.stand(election, candidate, signal));
      } catch (RejectedException refused) {
        throw new AssertionError(refused);
      }
    }

    @Override
    public Roster observe(ElectionName election, Duration budget) throws StoreException {
      return process.store().observe(election, budget);
    }

    @Override
    public Ledger.Page readLedger(ElectionName election, String name, Duration budget)
        throws StoreException {
      return process.store().readLedger(election, name, budget);
    }

    @Override
    public void close() {
      process.store().close();
    }
  }

  /** A candidacy that ends with its instance. */
  private record Standing(ServiceInstance instance, Candidacy candidacy) implements Candidacy {

    @Override
    public ballot.api.Verdict campaign(Duration budget) throws StoreException {
      return candidacy.campaign(budget);
    }

    @Override
    public ballot.api.Verdict renew(ballot.api.Term term, Duration budget) throws StoreException {
      return candidacy.renew(term, budget);
    }

    @Override
    public void resign(ballot.api.Term term, Duration budget) throws StoreException {
      candidacy.resign(term, budget);
    }

    @Override
    public Optional<Ledger> ledger(String name) {
      return candidacy.ledger(name);
    }

    @Override
    public void close() {
      candidacy.close();
      instance.close();
    }
  }
}

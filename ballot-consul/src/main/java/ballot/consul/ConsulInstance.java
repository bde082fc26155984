package ballot.consul;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.ElectionName;
import ballot.api.ServiceInstance;
import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The own instance of one service. */
final class ConsulInstance implements ServiceInstance {

  private static final Duration SOON = Duration.ofSeconds(1);

  /**
   * Among many services what was found fit is not asked again for so long if nothing is noticed.
   */
  private static final Duration TRUST = Duration.ofSeconds(30);

  private final ConsulStore store;
  private final Rights rights;
  private final Crew crew;
  private final ServiceSpec spec;
  private final ChangeSignal signal;
  private final Finder finder;
  private final Enrolment enrolment;
  private final Turnstile questions;
  private final Wardrobe wardrobe;

  /** Guarded by this; what is noticed of the service, from the first question on. */
  private @Nullable Subject subject;

  /** Guarded by this. */
  private boolean closed;

  private volatile @Nullable ConsulCandidacy candidacy;

  /** What the last look found; of the thread that asks. */
  private @Nullable Sighting last;

  /** Of the instance that was last seen; of the thread that asks. */
  private @Nullable String lastId;

  private long lastVersion;
  private long lastAt;

  ConsulInstance(
      ConsulStore store, Rights rights, Crew crew, ServiceSpec spec, ChangeSignal signal) {
    this.store = store;
    this.rights = rights;
    this.crew = crew;
    this.spec = spec;
    this.signal = signal;
    this.finder = new Finder(rights.agent(), spec);
    this.enrolment = new Enrolment(rights, spec);
    this.questions = new Turnstile(spec.toString());
    this.wardrobe = new Wardrobe(rights, spec);
  }

  /** What a session for the service has to hang on. */
  static Ties.Source ties(Rights rights, ServiceSpec spec) {
    Finder finder = new Finder(rights.agent(), spec);
    return patience -> fit(finder.find(patience)).ties(spec.checks());
  }

  private static Health fit(Finder.Found found) throws UnfitException {
    if (found.unfit().isPresent() || found.health().isEmpty()) {
      throw new UnfitException(found.unfit().orElse("its instance is not there"));
    }
    return found.health().get();
  }

  @Override
  public Candidacy stand(ElectionName election, Candidate candidate, ChangeSignal again) {
    if (candidacy != null) {
      throw new IllegalStateException(spec + " stands already");
    }
    Footing footing =
        patience -> {
          Finder.Found found = finder.find(patience);
          fit(found);
          return finder.sighting(found, patience).place();
        };
    ConsulCandidacy stands = store.stand(crew, election, candidate, again, footing);
    candidacy = stands;
    return stands;
  }

  @Override
  public Optional<String> session() {
    ConsulCandidacy stands = candidacy;
    return stands == null ? Optional.empty() : stands.session();
  }

  @Override
  public Sighting look(Duration budget) throws StoreException {
    return questions.ask(budget, this::look);
  }

  /** Counts what was noticed of the service, and has it noticed from now on. */
  private synchronized long version() {
    if (subject == null && !closed) {
      subject = rights.lookout().attend(Topic.of(spec), signal);
    }
    return subject == null ? 0 : subject.version();
  }

  private Sighting look(Patience patience) throws StoreException {
    long version = version();
    Sighting before = last;
    if (before != null && version == lastVersion && isAsGoodAsNew(before)) {
      return before;
    }
    long begun = System.nanoTime();
    Sighting now = finder.sighting(finder.find(patience), patience);
    last = now;
    now.place().ifPresent(place -> lastId = place.id());
    if (now.unfit().isPresent()) {
      withdraw(patience);
    }
    lastVersion = version;
    lastAt = begun;
    return now;
  }

  /** The unfit do not stand in line: a leader would give way to them. */
  private void withdraw(Patience patience) {
    ConsulCandidacy stands = candidacy;
    if (stands != null && !stands.withdraw(patience)) {
      rights.http().later(SOON, signal::lookAgain);
    }
  }

  private boolean isAsGoodAsNew(Sighting before) {
    return before.unfit().isEmpty()
        && rights.lookout().isCrowded()
        && System.nanoTime() - lastAt < TRUST.toNanos()
        && rights.lookout().sees();
  }

  @Override
  public void wear(ServiceSpec.Role role, Optional<String> session, Duration budget)
      throws StoreException {
    var unused =
        questions.ask(
            budget,
            patience -> {
              ConsulCandidacy stands = candidacy;
              wear(role, session, stands == null || stands.leads(), patience);
              if (stands != null && role != ServiceSpec.Role.PRIMARY) {
                stands.finished(patience);
              }
              return role;
            });
  }

  private void wear(
      ServiceSpec.Role role, Optional<String> session, boolean leads, Patience patience)
      throws StoreException {
    long version = version();
    Optional<String> id = id(patience);
    if (id.isPresent() && !wardrobe.wear(id.get(), role, session, version, leads, patience)) {
      rights.http().later(SOON, signal::lookAgain);
    }
  }

  /** The id of the instance; what it wears has to come off also when it is one of several now. */
  private Optional<String> id(Patience patience) throws StoreException {
    if (!new InstanceName(spec.id()).isPattern()) {
      return Optional.of(spec.id());
    }
    if (lastId == null) {
      var unused = look(patience);
    }
    return Optional.ofNullable(lastId);
  }

  @Override
  public void register(Duration budget) throws StoreException {
    var unused =
        questions.ask(
            budget,
            patience -> {
              enrolment.begin(patience);
              return patience;
            });
  }

  @Override
  public void deregister(Duration budget) throws StoreException {
    var unused =
        questions.ask(
            budget,
            patience -> {
              enrolment.takeBack(patience);
              return patience;
            });
  }

  /** Ends the question under way, and every later one. False when that was done before. */
  boolean silence() {
    if (!questions.close()) {
      return false;
    }
    enrolment.close();
    synchronized (this) {
      closed = true;
      if (subject != null) {
        rights.lookout().leave(subject, signal);
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (silence()) {
      store.closed(this, crew);
    }
  }
}

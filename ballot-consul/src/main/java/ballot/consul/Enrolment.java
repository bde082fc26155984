package ballot.consul;

import ballot.api.Durations;
import ballot.api.ServiceRegistration;
import ballot.api.ServiceSpec;
import ballot.api.StoreException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Registers an instance where nobody did, keeps its check alive where that has to be told, and
 * takes back what it put there. Used by one thread at a time, but for closing.
 */
final class Enrolment {

  private static final Logger LOG = System.getLogger(Enrolment.class.getName());

  /** Says in a registration's meta whose it is: one that a dead process left is taken over. */
  private static final String MARK = "registered-by";

  private static final String US = "ballot";
  private static final int REFRESH_PART = 3;

  private final LocalAgent agent;
  private final Sessions sessions;
  private final ServiceSpec spec;

  /** Whether what is registered is ours. */
  private boolean ours;

  /** Guarded by this: ends telling that the instance lives. */
  private @Nullable CountDownLatch telling;

  Enrolment(Rights rights, ServiceSpec spec) {
    this.agent = rights.agent();
    this.sessions = rights.sessions();
    this.spec = spec;
  }

  void begin(Patience patience) throws StoreException {
    if (spec.registration().isEmpty()) {
      return;
    }
    ServiceRegistration wanted = spec.registration().get();
    Optional<JsonObject> present = agent.registration(spec.id(), patience);
    if (present.isPresent() && (ours || !isMarked(present.get()))) {
      return;
    }
    agent.registerAnew(registration(wanted), spec.id(), patience);
    ours = true;
    if (wanted.check().orElse(null) instanceof ServiceRegistration.Check.Ttl check) {
      // A check that was there before keeps its state.
      var unused = sessions.pass(checkId(), patience);
      tellFromNowOn(check.ttl());
    }
  }

  private static boolean isMarked(JsonObject registration) {
    return Json.child(registration, "Meta")
        .flatMap(meta -> Json.text(meta, MARK))
        .filter(US::equals)
        .isPresent();
  }

  private JsonObject registration(ServiceRegistration wanted) {
    JsonObject service = new JsonObject();
    service.addProperty("ID", spec.id());
    service.addProperty("Name", spec.service());
    wanted.address().ifPresent(address -> service.addProperty("Address", address));
    service.addProperty("Port", wanted.port());
    JsonArray tags = new JsonArray();
    wanted.tags().forEach(tags::add);
    service.add("Tags", tags);
    JsonObject meta = new JsonObject();
    meta.addProperty(MARK, US);
    service.add("Meta", meta);
    wanted.check().ifPresent(check -> service.add("Check", check(check)));
    return service;
  }

  private JsonObject check(ServiceRegistration.Check wanted) {
    JsonObject check = new JsonObject();
    check.addProperty("CheckID", checkId());
    check.addProperty("Name", "health of " + spec.id());
    switch (wanted) {
      case ServiceRegistration.Check.Http http -> {
        check.addProperty("HTTP", http.url());
        timed(check, http.interval(), http.timeout());
      }
      case ServiceRegistration.Check.Tcp tcp -> {
        check.addProperty("TCP", tcp.address());
        timed(check, tcp.interval(), tcp.timeout());
      }
      case ServiceRegistration.Check.Ttl ttl -> {
        check.addProperty("TTL", Durations.format(ttl.ttl()));
        check.addProperty("Status", "passing");
      }
    }
    return check;
  }

  private static void timed(JsonObject check, Duration interval, Duration timeout) {
    check.addProperty("Interval", Durations.format(interval));
    check.addProperty("Timeout", Durations.format(timeout));
  }

  private String checkId() {
    return "service:" + spec.id();
  }

  private synchronized void tellFromNowOn(Duration ttl) {
    if (telling == null) {
      CountDownLatch end = new CountDownLatch(1);
      telling = end;
      Thread.ofVirtual().name("ballot-consul-enrolment").start(() -> tell(ttl, end));
    }
  }

  private void tell(Duration ttl, CountDownLatch end) {
    Duration gap = ttl.dividedBy(REFRESH_PART);
    try {
      while (!end.await(gap.toNanos(), TimeUnit.NANOSECONDS)) {
        try {
          var unused = sessions.pass(checkId(), Patience.of(gap));
        } catch (StoreException failure) {
          LOG.log(Level.DEBUG, failure::getMessage);
        }
      }
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }

  void takeBack(Patience patience) throws StoreException {
    close();
    if (ours && agent.registration(spec.id(), patience).filter(Enrolment::isMarked).isPresent()) {
      agent.deregister(spec.id(), patience);
    }
    ours = false;
  }

  /** Tells nothing any more; takes nothing back. */
  synchronized void close() {
    if (telling != null) {
      telling.countDown();
      telling = null;
    }
  }
}

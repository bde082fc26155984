package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Lease;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.consul.Meddler.Deed;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Agents with which crashes cannot be detected: the session alone is relied on, and that is said.
 */
class FallBackTest extends OnAgent {

  private static final Logger LOGGER = Logger.getLogger(Registrar.class.getName());

  private static ConsulAgent agent;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final Handler handler = new Listening();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private final class Listening extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        warnings.add(new SimpleFormatter().formatMessage(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.removeHandler(handler);
  }

  private static void campaigns(Contender contender) throws StoreException {
    Lease lease = contender.winsAtOnce().lease();
    assertThat(lease.validFor()).isGreaterThan(Duration.ofSeconds(22));
    contender.keeps(lease.term());
    contender.resigns(lease.term());
  }

  @Test
  void a_check_that_the_servers_do_not_learn_of_is_done_without() throws Exception {
    // As behind an address that leads to another agent with each request.
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate)
        .meddle(request -> request.is("PUT", "/v1/agent/") ? new Deed.Answer(200, "") : Deed.PASS);

    campaigns(candidate);
    campaigns(candidate);

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("crash detection is off", "Missing check", "30s");
  }

  @Test
  void a_token_that_is_unknown_is_no_reason_to_do_without() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate)
        .meddle(
            request ->
                request.is("PUT", "/v1/agent/")
                    ? new Deed.Answer(403, "rpc error making call: ACL not found")
                    : Deed.PASS);

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(candidate::campaign)
        .withMessageContaining("does not know this token");
    assertThat(warnings).isEmpty();
  }

  @Test
  void an_agent_without_that_part_is_done_without() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate)
        .meddle(
            request ->
                request.is("PUT", "/v1/agent/")
                    ? new Deed.Answer(404, "404 page not found")
                    : Deed.PASS);

    campaigns(candidate);

    assertThat(warnings).hasSize(1);
  }

  @Test
  void a_check_that_is_lost_again_and_again_is_done_without() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate)
        .meddle(
            request ->
                request.is("PUT", "/v1/agent/check/pass/")
                    ? new Deed.Answer(500, "CheckID \"x\" does not have associated TTL")
                    : Deed.PASS);

    Await.until("the session alone is relied on", Duration.ofSeconds(30), () -> isCalm(candidate));

    assertThat(warnings).singleElement().asString().contains("keeps forgetting");
  }

  private static boolean isCalm(Contender candidate) throws StoreException {
    try {
      if (candidate.campaign() instanceof Elected elected) {
        candidate.candidacy().renew(elected.lease().term(), BUDGET);
        return elected.lease().validFor().compareTo(Duration.ofSeconds(22)) > 0;
      }
    } catch (UnavailableException nobodyKnows) {
      // asked again
    }
    return false;
  }

  @Test
  void switched_off_nothing_is_registered() throws Exception {
    GivenSettings settings = patient().with("crash-detection", "off");
    ConsulParticipant participant = joins(agent, settings);

    campaigns(stands(participant, freshElection(), "candidate"));

    assertThat(warnings).isEmpty();
    assertThat(participant.meddler().requests())
        .noneMatch(request -> request.line().contains("/v1/agent/"));
  }

  @Test
  void a_check_of_ours_makes_no_other_service_unhealthy() throws Exception {
    String unused = agent.put("/v1/agent/service/register", "{\"Name\": \"web\", \"Port\": 80}");
    Contender silent = standsQuickly(agent, freshElection(), "silent");
    silent.winsAtOnce();
    meddler(silent).meddle(Deed.HANG);

    Await.until(
        "our check has failed",
        CRASH,
        () -> agent.get("/v1/health/state/critical").toString().contains("ballot"));

    assertThat(agent.get("/v1/health/service/web?passing").getAsJsonArray()).hasSize(1);
  }

  @Test
  void whoever_leaves_takes_back_what_it_registered() throws Exception {
    ConsulParticipant participant = joins(agent);
    Contender candidate = stands(participant, freshElection(), "candidate");
    candidate.resigns(candidate.winsAtOnce().lease().term());
    String session =
        participant.meddler().requests().stream()
            .filter(request -> request.is("PUT", "/v1/txn"))
            .map(Meddler.Request::body)
            .findFirst()
            .orElseThrow()
            .replaceAll("(?s).*\"Session\":\"([^\"]+)\".*", "$1");

    candidate.close();
    participant.store().close();

    assertThat(agent.get("/v1/session/info/" + session).getAsJsonArray()).isEmpty();
    String check =
        participant.meddler().requests().stream()
            .filter(request -> request.is("PUT", "/v1/agent/service/deregister/"))
            .map(Meddler.Request::line)
            .findFirst()
            .orElseThrow();
    assertThat(agent.get("/v1/agent/services").toString())
        .doesNotContain(check.replaceAll(".*/(ballot-[^ ?]+).*", "$1"));
  }

  @Test
  void whoever_leaves_in_the_middle_of_registering_takes_it_back_after_it_has_arrived()
      throws Exception {
    ConsulParticipant participant = joins(agent);
    Contender candidate = stands(participant, freshElection(), "candidate");
    participant.meddler().meddle(FallBackTest::slowly);
    Thread asking = Thread.ofVirtual().start(() -> asks(candidate));
    Await.until(
        "it registers", SOON, () -> participant.meddler().requests().toString().contains("regis"));

    candidate.close();
    participant.store().close();
    asking.join();
    participant.meddler().behave();

    String check =
        participant.meddler().requests().stream()
            .map(Meddler.Request::body)
            .filter(body -> body.contains("CheckID"))
            .map(body -> body.replaceAll("(?s).*\"CheckID\":\"([^\"]+)\".*", "$1"))
            .findFirst()
            .orElseThrow();
    Await.always(
        "it stays away",
        Duration.ofMillis(500),
        () -> !agent.get("/v1/agent/services").toString().contains(check));
  }

  /** As an agent that is slow to take a registration in, also when whoever sent it hangs up. */
  private static Deed slowly(Meddler.Request request) {
    if (request.is("PUT", "/v1/agent/service/register")) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    return Deed.PASS;
  }

  private static void asks(Contender candidate) {
    try {
      var unused = candidate.campaign();
    } catch (StoreException closed) {
      // as is right
    }
  }
}

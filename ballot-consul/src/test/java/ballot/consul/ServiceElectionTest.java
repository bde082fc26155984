package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ServiceSpec.Role;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.GivenSettings;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Elections of services: what stands in the key, and what sessions hang on. */
class ServiceElectionTest extends OnServices {

  private static ConsulAgent agent;

  private final String service = freshService();
  private final String id = service + "-1";
  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private static Elected wins(Candidacy candidacy) throws Exception {
    Verdict verdict = candidacy.campaign(BUDGET);
    assertThat(verdict).isInstanceOf(Elected.class);
    return (Elected) verdict;
  }

  private static NotElected refused(Candidacy candidacy) throws Exception {
    Verdict verdict = candidacy.campaign(BUDGET);
    assertThat(verdict).isInstanceOf(NotElected.class);
    return (NotElected) verdict;
  }

  private JsonObject key() {
    return agent.get("/v1/kv/" + election.path()).getAsJsonArray().get(0).getAsJsonObject();
  }

  private String value() {
    return new String(
        Base64.getDecoder().decode(key().get("Value").getAsString()), StandardCharsets.UTF_8);
  }

  private JsonObject session(String session) {
    return agent.get("/v1/session/info/" + session).getAsJsonArray().get(0).getAsJsonObject();
  }

  @Test
  void the_key_says_where_the_instance_serves_as_ncode_ballot_has_it() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    wins(attended.stands(election, "candidate"));

    String session = key().get("Session").getAsString();
    assertThat(value())
        .startsWith(
            "{\"Address\":\"10.0.0.7\",\"Port\":8000,\"SessionID\":\"%s\"".formatted(session));
    assertThat(attended.instance().session()).contains(session);
    assertThat(JsonParser.parseString(value()).getAsJsonObject().get("CandidateId").getAsString())
        .isEqualTo("candidate");
  }

  @Test
  void a_session_hangs_on_the_checks_that_decide_and_on_the_node() throws Exception {
    registerWithCheck(agent, service, id);
    agent.put(
        "/v1/agent/check/register",
        "{\"ID\": \"disk-%s\", \"Name\": \"disk-%s\", \"TTL\": \"10m\", \"Status\": \"passing\"}"
            .formatted(id, id));
    ServiceSpecs specs =
        ServiceSpecs.of(service, id)
            .withChecks("alive", "disk-" + id)
            .withTimes(Duration.ofSeconds(40), Duration.ofSeconds(7));

    wins(attends(agent, specs).stands(election, "candidate"));

    JsonObject session = session(key().get("Session").getAsString());
    assertThat(session.get("Behavior").getAsString()).isEqualTo("delete");
    assertThat(session.get("TTL").getAsString()).isEqualTo("40s");
    assertThat(session.get("LockDelay").getAsLong()).isEqualTo(7_000_000_000L);
    assertThat(tags(session, "NodeChecks")).containsExactly("serfHealth", "disk-" + id);
    assertThat(session.getAsJsonArray("ServiceChecks").toString())
        .contains("alive-" + id, "ballot-");
  }

  @Test
  void without_checks_that_decide_the_node_does_not_either() throws Exception {
    registerWithCheck(agent, service, id);

    wins(attends(agent, ServiceSpecs.of(service, id)).stands(election, "candidate"));

    JsonObject session = session(key().get("Session").getAsString());
    assertThat(tags(session, "NodeChecks")).isEmpty();
    assertThat(session.get("LockDelay").getAsLong()).isZero();
  }

  @Test
  void who_is_not_there_or_not_fit_is_not_elected() throws Exception {
    Candidacy candidacy = attends(agent, ServiceSpecs.of(service, id)).stands(election, "one");
    assertThat(refused(candidacy).because()).contains("registered");
    registerWithCheck(agent, service, id);
    turns(agent, "alive-" + id, "fail");
    assertThat(refused(candidacy).because()).isEqualTo("check 'alive' is critical");

    turns(agent, "alive-" + id, "pass");

    wins(candidacy);
  }

  @Test
  void a_critical_check_that_decides_ends_the_session() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id).withChecks("alive"));
    Candidacy candidacy = attended.stands(election, "candidate");
    Term term = wins(candidacy).lease().term();

    turns(agent, "alive-" + id, "fail");

    Await.until(
        "leadership is over", SOON, () -> candidacy.renew(term, BUDGET) instanceof NotElected);
    assertThat(refused(candidacy).because()).isEqualTo("check 'alive' is critical");
    turns(agent, "alive-" + id, "pass");
    Await.until("it leads again", SOON, () -> candidacy.campaign(BUDGET) instanceof Elected);
  }

  @Test
  void the_lock_delay_keeps_others_out_after_a_loss_and_not_after_a_resignation() throws Exception {
    registerWithCheck(agent, service, id);
    ServiceSpecs specs =
        ServiceSpecs.of(service, id).withTimes(Duration.ofSeconds(10), Duration.ofSeconds(4));
    Attended first = attends(agent, specs);
    Attended second = attends(agent, specs);
    Candidacy leads = first.stands(election, "first");
    Candidacy waits = second.stands(election, "second");
    leads.resign(wins(leads).lease().term(), BUDGET);
    Await.until("no delay", SOON, () -> waits.campaign(BUDGET) instanceof Elected);

    agent.put("/v1/session/destroy/" + key().get("Session").getAsString(), "");

    NotElected refused =
        Await.value(
            "the delay is said",
            Duration.ofSeconds(3),
            () -> {
              Verdict verdict = leads.campaign(BUDGET);
              return verdict instanceof NotElected not && not.because().contains("lock-delay")
                  ? not
                  : null;
            });
    assertThat(refused.because()).isEqualTo("lock-delay in force");
    Await.until("the delay is over", SOON, () -> leads.campaign(BUDGET) instanceof Elected);
  }

  @Test
  void services_whose_sessions_would_be_alike_share_one() throws Exception {
    ConsulParticipant participant =
        joins(agent, GivenSettings.none().with("crash-detection", "9s"));
    for (int number = 0; number < 3; number++) {
      registerWithCheck(agent, service, id + number);
    }
    Duration ttl = Duration.ofSeconds(10);
    wins(
        attends(participant, ServiceSpecs.of(service, id + 0))
            .stands(new ElectionName(election + "/0"), "c"));
    wins(
        attends(participant, ServiceSpecs.of(service, id + 1))
            .stands(new ElectionName(election + "/1"), "c"));
    assertThat(sessionsCreated(participant)).isEqualTo(1);

    wins(
        attends(participant, ServiceSpecs.of(service, id + 2).withTimes(ttl, Duration.ofSeconds(1)))
            .stands(new ElectionName(election + "/2"), "c"));

    assertThat(sessionsCreated(participant)).isEqualTo(2);
  }

  private static long sessionsCreated(ConsulParticipant participant) {
    return participant.meddler().requests().stream()
        .filter(request -> request.is("PUT", "/v1/session/create"))
        .count();
  }

  @Test
  void who_leaves_takes_its_session_back() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id).withChecks("alive"));
    Candidacy candidacy = attended.stands(election, "candidate");
    Term term = wins(candidacy).lease().term();
    String session = key().get("Session").getAsString();
    String check =
        session(session).getAsJsonArray("ServiceChecks").asList().stream()
            .map(each -> each.getAsJsonObject().get("ID").getAsString())
            .filter(each -> each.startsWith("ballot-"))
            .findFirst()
            .orElseThrow();

    attended.wears(Role.NONE);
    candidacy.resign(term, BUDGET);
    candidacy.close();
    attended.close();

    Await.until(
        "the session is gone",
        SOON,
        () -> agent.get("/v1/session/info/" + session).getAsJsonArray().isEmpty());
    Await.until(
        "and the check", SOON, () -> !agent.get("/v1/agent/services").toString().contains(check));
  }
}

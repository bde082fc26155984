package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.RejectedException;
import ballot.api.ServiceInstance.Place;
import ballot.api.ServiceRegistration;
import ballot.api.ServiceSpec.Role;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Services of which nothing is known but how the id of the instance begins. */
class NamelessServiceTest extends OnServices {

  private static ConsulAgent agent;

  private final String service = freshService();
  private final String task = "_nomad-task-" + service;
  private final String id = task + "-group-web";
  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private ServiceSpecs spec() {
    return ServiceSpecs.of("", task + "-*");
  }

  @Test
  void is_found_when_it_comes_and_stood_for_like_any_other() throws Exception {
    Attended attended = attends(agent, spec().withSessionMeta("session"));
    Candidacy candidacy = attended.stands(election, "candidate");
    assertThat(attended.look().unfit())
        .contains("no instance " + task + "-* is registered on this node");
    assertThat(candidacy.campaign(BUDGET)).isInstanceOf(NotElected.class);
    attended.signals().await(Duration.ofMillis(500));

    registerWithCheck(agent, service, id);

    assertThat(attended.signals().await(SOON)).isTrue();
    assertThat(attended.look().place()).contains(new Place(id, "10.0.0.7", 8000));
    assertThat(candidacy.campaign(BUDGET)).isInstanceOf(Elected.class);
    String session = attended.instance().session().orElseThrow();
    attended.wears(Role.PRIMARY, session);
    JsonObject registration = agent.get("/v1/agent/service/" + id).getAsJsonObject();
    assertThat(tags(registration, "Tags")).containsExactly("a", "primary");
    assertThat(registration.getAsJsonObject("Meta").get("session").getAsString())
        .isEqualTo(session);
    assertThat(registration.get("Service").getAsString()).isEqualTo(service);
  }

  @Test
  void its_health_decides_and_is_noticed() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, spec().withChecks("alive"));
    Candidacy candidacy = attended.stands(election, "candidate");
    assertThat(candidacy.campaign(BUDGET)).isInstanceOf(Elected.class);
    assertThat(attended.look().unfit()).isEmpty();
    attended.signals().await(Duration.ofMillis(500));
    attended.signals().forget();

    turns(agent, "alive-" + id, "fail");

    assertThat(attended.signals().await(SOON)).isTrue();
    assertThat(attended.look().unfit()).contains("check 'alive' is critical");
    Await.until(
        "it is not elected", SOON, () -> candidacy.campaign(BUDGET) instanceof NotElected not);
  }

  @Test
  void others_of_the_same_service_lose_a_tag_that_is_stale() throws Exception {
    registerWithCheck(agent, service, id);
    agent.put(
        "/v1/catalog/register",
        """
        {"Node": "ghost-%s", "Address": "10.9.9.9",
         "Service": {"ID": "ghost", "Service": "%s", "Tags": ["x", "primary"]},
         "Check": {"Node": "ghost-%s", "CheckID": "serfHealth", "Name": "Serf",
           "Status": "critical"}}
        """
            .formatted(service, service, service));
    Attended attended = attends(agent, spec());

    attended.wears(Role.PRIMARY);

    assertThat(tagsInCatalog(agent, "ghost-" + service, "ghost")).containsExactly("x");
  }

  @Test
  void one_that_comes_back_as_another_service_is_found_at_once() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, spec());
    assertThat(attended.look().unfit()).isEmpty();
    assertThat(agent.put("/v1/agent/service/deregister/" + id, "")).isEmpty();
    assertThat(attended.look().place()).isEmpty();

    register(agent, "{\"ID\": \"%s\", \"Name\": \"other-%s\"}".formatted(id, service));

    assertThat(attended.look().place().map(Place::id)).contains(id);
    attended.wears(Role.PRIMARY);
    assertThat(tagsAtAgent(agent, id)).containsExactly("primary");
  }

  @Test
  void an_exact_id_is_enough_too() throws Exception {
    registerWithCheck(agent, service, id);

    Attended attended = attends(agent, ServiceSpecs.of("", id));

    assertThat(attended.look().place().map(Place::id)).contains(id);
    attended.wears(Role.PRIMARY);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a", "primary");
  }

  @Test
  void its_proxy_is_not_taken_for_it_and_another_services_instance_makes_it_unclear()
      throws Exception {
    registerWithCheck(agent, service, id);
    register(
        agent,
        """
        {"ID": "%s-sidecar-proxy", "Name": "%s-sidecar-proxy", "Kind": "connect-proxy", "Port": 9,
         "Proxy": {"DestinationServiceName": "%s"}}
        """
            .formatted(id, service, service));
    assertThat(attends(agent, spec()).look().place().map(Place::id)).contains(id);

    register(agent, "{\"ID\": \"%s-db\", \"Name\": \"db-%s\"}".formatted(task, service));

    assertThat(attends(agent, spec()).look().unfit())
        .contains("several instances match %s-*: %s-db, %s".formatted(task, task, id));
  }

  @Test
  void what_has_no_name_cannot_be_registered() throws Exception {
    ServiceRegistration registration =
        new ServiceRegistration(Optional.empty(), 80, List.of(), Optional.empty());
    ConsulParticipant participant = joins(agent);

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> attends(participant, ServiceSpecs.of("", id).registering(registration)))
        .withMessageContaining("instance " + id)
        .withMessageContaining("needs the name of its service");
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> attends(participant, ServiceSpecs.of(" ", id)))
        .withMessageContaining("blank");
  }
}

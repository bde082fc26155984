package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.RejectedException;
import ballot.api.ServiceInstance.Place;
import ballot.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is seen of an instance, and when somebody is told to look. */
class LookTest extends OnServices {

  private static ConsulAgent agent;

  private final String service = freshService();
  private final String id = service + "-1";

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void an_instance_is_found_by_its_id_and_told_where_it_serves() throws Exception {
    registerWithCheck(agent, service, id);

    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    assertThat(attended.look().place()).contains(new Place(id, "10.0.0.7", 8000));
    assertThat(attended.look().unfit()).isEmpty();
  }

  @Test
  void without_an_address_of_its_own_it_serves_at_that_of_its_node() throws Exception {
    register(agent, "{\"Name\": \"%s\"}".formatted(service));

    Attended attended = attends(agent, ServiceSpecs.of(service, service));

    assertThat(attended.look().place()).contains(new Place(service, "127.0.0.1", 0));
  }

  @Test
  void who_is_not_registered_is_unfit_until_it_is() throws Exception {
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    assertThat(attended.look().place()).isEmpty();
    assertThat(attended.look().unfit()).get().asString().contains(id, "registered");
    attended.signals().await(Duration.ofMillis(500));

    registerWithCheck(agent, service, id);

    assertThat(attended.signals().await(SOON)).isTrue();
    assertThat(attended.look().unfit()).isEmpty();
  }

  @Test
  void an_instance_of_another_service_is_none() throws Exception {
    registerWithCheck(agent, "other-" + service, id);

    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    assertThat(attended.look().place()).isEmpty();
    assertThat(attended.look().unfit()).get().asString().contains("other-" + service);
  }

  @Test
  void a_glob_is_to_match_one_instance_of_the_service() throws Exception {
    Attended attended = attends(agent, ServiceSpecs.of(service, "_nomad-task-?[x]-*"));
    register(agent, "{\"ID\": \"_nomad-task-1[x]-a\", \"Name\": \"else-%s\"}".formatted(service));
    assertThat(attended.look().unfit()).get().asString().contains("_nomad-task-?[x]-*");

    register(agent, "{\"ID\": \"_nomad-task-2[x]-b\", \"Name\": \"%s\"}".formatted(service));
    assertThat(attended.look().place().map(Place::id)).contains("_nomad-task-2[x]-b");

    register(agent, "{\"ID\": \"_nomad-task-3[x]-c\", \"Name\": \"%s\"}".formatted(service));
    assertThat(attended.look().place()).isEmpty();
    assertThat(attended.look().unfit())
        .get()
        .asString()
        .contains("_nomad-task-2[x]-b, _nomad-task-3[x]-c");
  }

  @Test
  void critical_is_unfit_and_warning_is_not() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    turns(agent, "alive-" + id, "warn");
    assertThat(attended.look().unfit()).isEmpty();

    turns(agent, "alive-" + id, "fail");

    assertThat(attended.look().unfit()).contains("check 'alive' is critical");
    assertThat(attended.look().place()).isPresent();
  }

  @Test
  void only_the_checks_that_are_to_decide_do() throws Exception {
    registerWithCheck(agent, service, id);
    String answer =
        agent.put(
            "/v1/agent/check/register",
            """
            {"ID": "more-%s", "Name": "more", "ServiceID": "%s", "TTL": "10m", "Status": "passing"}
            """
                .formatted(id, id));
    assertThat(answer).isEmpty();
    ConsulParticipant participant = joins(agent);
    Attended byName = attends(participant, ServiceSpecs.of(service, id).withChecks("more"));
    Attended byId = attends(participant, ServiceSpecs.of(service, id).withChecks("more-" + id));
    turns(agent, "alive-" + id, "fail");
    for (Attended attended : List.of(byName, byId)) {
      assertThat(attended.look().unfit()).isEmpty();
    }

    turns(agent, "more-" + id, "fail");

    for (Attended attended : List.of(byName, byId)) {
      assertThat(attended.look().unfit()).contains("check 'more' is critical");
    }
  }

  @Test
  void a_check_that_is_to_decide_and_does_not_exist_is_said() throws Exception {
    registerWithCheck(agent, service, id);

    Attended attended = attends(agent, ServiceSpecs.of(service, id).withChecks("alvie"));

    assertThat(attended.look().unfit()).get().asString().contains("alvie");
  }

  @Test
  void a_critical_neighbour_on_the_node_is_none_of_its_business() throws Exception {
    registerWithCheck(agent, service, id);
    registerWithCheck(agent, service, id + "-other");
    turns(agent, "alive-" + id + "-other", "fail");

    assertThat(attends(agent, ServiceSpecs.of(service, id)).look().unfit()).isEmpty();
  }

  @Test
  void maintenance_makes_unfit_whatever_checks_are_to_decide() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id).withChecks("alive"));
    agent.put("/v1/agent/service/maintenance/" + id + "?enable=true", "");
    assertThat(attended.look().unfit()).contains("it is in maintenance");
    agent.put("/v1/agent/service/maintenance/" + id + "?enable=false", "");
    assertThat(attended.look().unfit()).isEmpty();

    agent.put("/v1/agent/maintenance?enable=true", "");
    try {
      assertThat(attended.look().unfit()).contains("its node is in maintenance");
    } finally {
      agent.put("/v1/agent/maintenance?enable=false", "");
    }
  }

  @Test
  void whoever_attends_is_told_within_a_fraction_of_a_second() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.look();
    while (attended.signals().await(Duration.ofSeconds(2))) {}

    turns(agent, "alive-" + id, "fail");

    assertThat(attended.signals().await(SOON)).isTrue();
    assertThat(attended.look().unfit()).isPresent();
  }

  @Test
  void a_question_after_closing_is_refused_and_closing_ends_the_watch() throws Exception {
    registerWithCheck(agent, service, id);
    ConsulParticipant participant = joins(agent);
    Attended attended = attends(participant, ServiceSpecs.of(service, id));
    attended.look();
    attended.close();
    attended.close();

    assertThatExceptionOfType(ballot.api.UnavailableException.class).isThrownBy(attended::look);
    Await.until(
        "nothing is asked any more",
        SOON,
        () -> {
          participant.meddler().forget();
          Thread.sleep(1_500);
          return participant.meddler().requests().isEmpty();
        });
  }

  @Test
  void what_cannot_work_is_refused_and_named() {
    assertRefused(ServiceSpecs.of(" ", id), "name");
    assertRefused(ServiceSpecs.of(service, id).withReplicaTag("primary"), "replicaTag");
    assertRefused(
        ServiceSpecs.of(service, id).withTimes(Duration.ofSeconds(10), Duration.ofSeconds(61)),
        "lockDelay");
    assertRefused(ServiceSpecs.of(service, id).withToken("line\nbreak"), "token");
  }

  private void assertRefused(ServiceSpecs specs, String what) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> attends(agent, specs))
        .withMessageContaining(what)
        .withMessageNotContaining("break");
  }
}

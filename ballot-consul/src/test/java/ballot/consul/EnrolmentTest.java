package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ServiceRegistration;
import ballot.api.ServiceRegistration.Check;
import ballot.api.ServiceSpec.Role;
import ballot.testkit.Await;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Instances that are ours to register, and to take back. */
class EnrolmentTest extends OnServices {

  private static final Duration INTERVAL = Duration.ofMillis(200);

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

  private Attended registers(Optional<Check> check) throws Exception {
    return attends(agent, registering(check));
  }

  private ServiceSpecs registering(Optional<Check> check) {
    return ServiceSpecs.of(service, id)
        .registering(
            new ServiceRegistration(Optional.of("10.4.4.4"), 8080, List.of("x", "y"), check));
  }

  private JsonObject registration() {
    return agent.get("/v1/agent/service/" + id).getAsJsonObject();
  }

  private boolean isThere() {
    return agent.get("/v1/agent/services").getAsJsonObject().has(id);
  }

  @Test
  void an_instance_that_nobody_registered_is_and_is_taken_back() throws Exception {
    Attended attended = registers(Optional.empty());

    attended.instance().register(BUDGET);

    assertThat(registration().get("Address").getAsString()).isEqualTo("10.4.4.4");
    assertThat(registration().get("Port").getAsInt()).isEqualTo(8080);
    assertThat(tagsAtAgent(agent, id)).containsExactly("x", "y");
    assertThat(attended.look().unfit()).isEmpty();
    attended.instance().deregister(BUDGET);
    assertThat(isThere()).isFalse();
  }

  @Test
  void what_somebody_else_registered_is_neither_changed_nor_taken_back() throws Exception {
    registerWithCheck(agent, service, id);
    JsonObject before = registration();
    Attended attended = registers(Optional.empty());

    attended.instance().register(BUDGET);
    attended.instance().deregister(BUDGET);

    assertThat(registration()).isEqualTo(before);
  }

  @Test
  void what_somebody_else_registered_over_ours_is_not_taken_back() throws Exception {
    Attended attended = registers(Optional.empty());
    attended.instance().register(BUDGET);
    registerWithCheck(agent, service, id);

    attended.instance().deregister(BUDGET);

    assertThat(isThere()).isTrue();
  }

  @Test
  void what_a_dead_process_left_is_taken_over() throws Exception {
    registers(Optional.of(new Check.Ttl(Duration.ofSeconds(1)))).instance().register(BUDGET);
    closeAll();
    Attended next = registers(Optional.of(new Check.Ttl(Duration.ofSeconds(20))));
    Await.until("nobody says that it lives", SOON, () -> next.look().unfit().isPresent());

    next.instance().register(BUDGET);

    assertThat(next.look().unfit()).isEmpty();
    next.instance().deregister(BUDGET);
    assertThat(isThere()).isFalse();
  }

  private void closeAll() throws Exception {
    everybodyLeaves();
  }

  @Test
  void a_check_that_has_to_be_told_is_told_until_it_is_taken_back() throws Exception {
    Attended attended = registers(Optional.of(new Check.Ttl(Duration.ofSeconds(2))));

    attended.instance().register(BUDGET);

    Await.always("it is alive", Duration.ofSeconds(5), () -> attended.look().unfit().isEmpty());
  }

  @Test
  void telling_goes_on_while_the_tags_change_and_after_it_is_registered_again() throws Exception {
    Attended attended = registers(Optional.of(new Check.Ttl(Duration.ofSeconds(2))));
    attended.instance().register(BUDGET);
    attended.wears(Role.PRIMARY);
    agent.put("/v1/agent/service/deregister/" + id, "");
    assertThat(attended.look().place()).isEmpty();

    attended.instance().register(BUDGET);

    Await.always("it is alive", Duration.ofSeconds(3), () -> attended.look().unfit().isEmpty());
  }

  @Test
  void http_and_tcp_are_asked_by_the_agent() throws Exception {
    for (Check good :
        List.of(
            new Check.Http("http://" + agent.address() + "/v1/status/leader", INTERVAL, INTERVAL),
            new Check.Tcp(agent.address(), INTERVAL, INTERVAL))) {
      Attended attended = registers(Optional.of(good));
      attended.instance().register(BUDGET);
      Await.until(good + " passes", SOON, () -> attended.look().unfit().isEmpty());
      attended.instance().deregister(BUDGET);
    }
    Attended attended = registers(Optional.of(new Check.Tcp("127.0.0.1:1", INTERVAL, INTERVAL)));
    attended.instance().register(BUDGET);
    Await.always(
        "nobody listens there",
        Duration.ofSeconds(1),
        () -> attended.look().unfit().orElse("").contains("is critical"));
  }
}

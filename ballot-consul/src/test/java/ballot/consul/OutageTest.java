package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ServiceSpec.Role;
import ballot.api.UnavailableException;
import ballot.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance whose agent is cut off from the servers, or gone. */
class OutageTest extends OnServices {

  private ConsulAgent server;
  private ConsulAgent agent;

  private final String service = freshService();
  private final String id = service + "-1";

  @BeforeEach
  void start() throws IOException {
    server = ConsulAgent.server(1).ready();
    agent = ConsulAgent.client(server).ready();
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void health_is_seen_and_the_tag_taken_off_while_no_server_answers() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.look();
    attended.wears(Role.PRIMARY);
    Await.until(
        "the servers know",
        SOON,
        () -> tagsInCatalog(server, agent.node(), id).contains("primary"));
    server.kill();
    while (attended.signals().await(Duration.ofSeconds(2))) {}

    turns(agent, "alive-" + id, "fail");

    assertThat(attended.signals().await(SOON)).isTrue();
    assertThat(attended.look().unfit()).contains("check 'alive' is critical");
    attended.wears(Role.NONE);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a");
    server.again();
    Await.until(
        "the servers learn of it",
        Duration.ofSeconds(60),
        () -> {
          try {
            return tagsInCatalog(server, agent.node(), id).equals(List.of("a"));
          } catch (RuntimeException notYet) {
            return false;
          }
        });
  }

  @Test
  void an_agent_that_is_gone_is_no_answer_and_one_that_is_back_is_noticed() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.look();
    agent.kill();

    assertThatExceptionOfType(UnavailableException.class).isThrownBy(attended::look);
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> attended.wears(Role.PRIMARY));
    agent.again();

    Await.until(
        "what it remembers is seen",
        Duration.ofSeconds(40),
        () -> {
          try {
            return attended.look().place().isPresent();
          } catch (UnavailableException notYet) {
            return false;
          }
        });
    attended.wears(Role.PRIMARY);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a", "primary");
  }
}

package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three servers, and a client agent as on any node that is no server. */
class ServersTest extends OnAgent {

  private final ElectionName election = freshElection();
  private final List<ConsulAgent> servers = new ArrayList<>();
  private ConsulAgent node;

  @BeforeEach
  void start() throws IOException {
    ConsulAgent first = ConsulAgent.server(3);
    servers.add(first);
    servers.add(ConsulAgent.server(3, first));
    servers.add(ConsulAgent.server(3, first));
    servers.forEach(ConsulAgent::ready);
    node = ConsulAgent.client(first, servers.get(1), servers.get(2)).ready();
  }

  @AfterEach
  void stop() {
    node.close();
    servers.forEach(ConsulAgent::close);
  }

  /** Sooner given up than the servers need to elect a leader, and not as soon as by default. */
  private Contender standsFor5s(ConsulAgent agent, ElectionName name, String id) throws Exception {
    return stands(joins(agent, GivenSettings.none().with("crash-detection", "5s")), name, id);
  }

  private ConsulAgent leadingServer() {
    String leader = servers.get(0).get("/v1/status/leader").getAsString();
    return servers.stream()
        .filter(server -> leader.endsWith(":" + server.ports().server()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void crash_detection_works_through_an_agent_that_is_no_server() throws Exception {
    Contender leader = standsFor5s(node, election, "leader");
    leader.winsAtOnce();

    JsonElement session = node.get("/v1/session/list").getAsJsonArray().get(0);
    assertThat(session.getAsJsonObject().get("ServiceChecks").getAsJsonArray()).hasSize(1);
  }

  @Test
  void a_leader_keeps_leading_while_the_servers_elect_theirs() throws Exception {
    Contender leader = standsFor5s(node, election, "leader");
    Contender waiting = standsFor5s(node, election, "waiting");
    Lease lease = leader.winsAtOnce().lease();
    waiting.isRefused();
    ConsulAgent deposed = leadingServer();

    deposed.kill();
    long start = System.nanoTime();
    while (System.nanoTime() - start < Duration.ofSeconds(6).toNanos()) {
      leader.keeps(lease.term());
      Thread.sleep(100);
    }

    ConsulAgent survivor =
        servers.stream().filter(server -> server != deposed).findAny().orElseThrow();
    Await.until(
        "the servers have a leader again",
        Duration.ofSeconds(30),
        () -> survivor.get("/v1/status/leader").getAsString().contains(":"));
    leader.keeps(lease.term());
    eventuallyResigns(leader, lease.term());
    Await.until("the other one wins", Duration.ofSeconds(30), () -> wins(waiting));
  }

  @Test
  void all_servers_gone_ends_every_proof_before_the_session_can_end() throws Exception {
    Contender leader = standsFor5s(node, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    leader.keeps(term);
    long start = System.nanoTime();

    servers.forEach(ConsulAgent::kill);

    Await.until(
        "nothing is proven any more", Duration.ofSeconds(20), () -> !isProven(leader, term));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    for (ConsulAgent server : servers) {
      server.again();
    }
    servers.forEach(ConsulAgent::ready);
    eventuallyResigns(leader, term);
    Await.until("it is back", Duration.ofSeconds(30), () -> wins(leader));
  }

  private static boolean isProven(Contender leader, Term term) throws Exception {
    try {
      return leader.candidacy().renew(term, BUDGET) instanceof Elected;
    } catch (UnavailableException nobodyKnows) {
      return false;
    }
  }

  private static void eventuallyResigns(Contender leader, Term term) {
    Await.until(
        "it resigns",
        Duration.ofSeconds(30),
        () -> {
          try {
            leader.resigns(term);
            return true;
          } catch (UnavailableException nobodyKnows) {
            return false;
          }
        });
  }

  private static boolean wins(Contender contender) throws Exception {
    try {
      Verdict verdict = contender.campaign();
      return verdict instanceof Elected;
    } catch (UnavailableException nobodyKnows) {
      return false;
    }
  }
}

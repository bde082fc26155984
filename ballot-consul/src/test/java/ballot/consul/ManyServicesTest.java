package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ServiceSpec.Role;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.GivenSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What many services in one process cost. */
class ManyServicesTest extends OnServices {

  private static final int SERVICES = Integer.getInteger("ballot.test.services", 150);

  private static ConsulAgent agent;

  private final String service = freshService();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private record Stands(Attended attended, Candidacy candidacy) {

    boolean settles() throws Exception {
      attended.look();
      boolean leads = candidacy.campaign(BUDGET) instanceof Elected;
      Await.until("it wears its tag", SOON, () -> wears(leads ? Role.PRIMARY : Role.REPLICA));
      return leads;
    }

    private boolean wears(Role role) throws Exception {
      try {
        attended.wears(role);
        return true;
      } catch (UnavailableException crowd) {
        return false;
      }
    }

    boolean isLookedAfter() throws Exception {
      attended.wears(Role.PRIMARY);
      return attended.look().unfit().isEmpty();
    }
  }

  private static void together(List<Callable<Boolean>> deeds) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> answer : threads.invokeAll(deeds)) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  @Test
  void many_share_few_connections_and_ask_next_to_nothing_when_nothing_happens() throws Exception {
    ConsulParticipant process = joins(agent, GivenSettings.none().with("crash-detection", "5s"));
    String root = freshElection().path();
    List<Stands> all = new ArrayList<>();
    for (int number = 0; number < SERVICES; number++) {
      String name = service + "-" + number;
      registerWithCheck(agent, name, name);
      Attended attended = attends(process, ServiceSpecs.of(name, name));
      ElectionName election = new ElectionName(root + "/" + number % 10 + "/" + number);
      all.add(new Stands(attended, attended.stands(election, name)));
    }

    long begun = System.nanoTime();
    together(all.stream().<Callable<Boolean>>map(each -> each::settles).toList());
    long settled = System.nanoTime();

    assertThat(process.meddler().connections()).isLessThanOrEqualTo(20);
    Await.until(
        "nothing is asked for one service any more",
        SOON,
        () -> {
          together(all.stream().<Callable<Boolean>>map(each -> each::isLookedAfter).toList());
          process.meddler().forget();
          together(all.stream().<Callable<Boolean>>map(each -> each::isLookedAfter).toList());
          return aboutOneService(process) == 0;
        });
    System.out.printf(
        "%d services settled in %d ms, %d connections%n",
        SERVICES, (settled - begun) / 1_000_000, process.meddler().connections());
  }

  private long aboutOneService(ConsulParticipant process) {
    return process.meddler().requests().stream()
        .filter(request -> request.line().contains(service))
        .count();
  }
}

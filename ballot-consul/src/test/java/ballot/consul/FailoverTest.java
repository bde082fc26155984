package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ServiceSpec.Role;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How soon a healthy instance leads once the agent knows that the leading one is critical. */
class FailoverTest extends OnServices {

  private static final int ROUNDS = 11;
  private static final Duration BOUND = Duration.ofMillis(250);

  private static ConsulAgent server;
  private static ConsulAgent agent;

  private final String service = freshService();
  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    server = ConsulAgent.server(1).ready();
    agent = ConsulAgent.client(server).ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  /** As an engine does it: looks and asks at every signal, and gives up in order. */
  private final class Engine {
    private final ConsulAgent where;
    private final String id;
    private final Attended attended;
    private final Candidacy candidacy;
    private volatile @Nullable Term term;
    private volatile long leadsSince;
    private volatile boolean ends;

    Engine(ConsulAgent where, String id, String... checks) throws Exception {
      this.where = where;
      this.id = id;
      registerWithCheck(where, service, id);
      this.attended = attends(where, ServiceSpecs.of(service, id).withChecks(checks));
      this.candidacy = attended.stands(election, id);
    }

    Thread begin() {
      return Thread.ofVirtual().start(this::run);
    }

    private void run() {
      while (!ends) {
        try {
          step();
          attended.signals().await(Duration.ofMillis(400));
        } catch (StoreException unknown) {
          // asked again
        } catch (InterruptedException nobodyDoesThat) {
          return;
        }
      }
    }

    private void step() throws StoreException {
      boolean fit = attended.look().unfit().isEmpty();
      Term held = term;
      if (held != null && (!fit || !(candidacy.renew(held, BUDGET) instanceof Elected))) {
        attended.wears(Role.REPLICA);
        term = null;
        candidacy.resign(held, BUDGET);
      } else if (held == null && fit && candidacy.campaign(BUDGET) instanceof Elected elected) {
        attended.wears(Role.PRIMARY);
        leadsSince = System.nanoTime() + elected.holdOff().toNanos();
        term = elected.lease().term();
      }
    }

    boolean leads() {
      return term != null && System.nanoTime() - leadsSince >= 0;
    }
  }

  @Test
  void without_checks_that_decide() throws Exception {
    assertThat(median()).isLessThan(BOUND);
  }

  @Test
  void with_checks_that_decide_and_end_the_session() throws Exception {
    assertThat(median("alive")).isLessThan(BOUND);
  }

  private Duration median(String... checks) throws Exception {
    Engine one = new Engine(server, "one-" + service, checks);
    Engine two = new Engine(agent, "two-" + service, checks);
    List<Thread> threads = List.of(one.begin(), two.begin());
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Await.until("somebody leads", SOON, () -> one.leads() || two.leads());
      Engine leader = one.leads() ? one : two;
      Engine next = leader == one ? two : one;
      // Leaders mostly fail when everybody has long settled.
      Thread.sleep(700);
      long known = System.nanoTime();
      turns(leader.where, "alive-" + leader.id, "fail");
      Await.until("the next one leads", SOON, next::leads);
      times.add(Math.max(0, next.leadsSince - known) / 1_000);
      Await.until("the former one knows", SOON, () -> leader.term == null);
      turns(leader.where, "alive-" + leader.id, "pass");
    }
    one.ends = true;
    two.ends = true;
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("failover, microseconds, checks " + checks.length + ": " + times);
    times.sort(null);
    return Duration.ofNanos(times.get(ROUNDS / 2) * 1_000);
  }
}

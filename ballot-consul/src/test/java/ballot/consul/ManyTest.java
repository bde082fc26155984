package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What many elections, and many that wait, cost. */
class ManyTest extends OnAgent {

  private static ConsulAgent agent;

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private List<Contender> standInAll(ConsulParticipant participant, String root, int elections) {
    List<Contender> contenders = new ArrayList<>();
    for (int number = 0; number < elections; number++) {
      ElectionName name = new ElectionName(root + "/" + number % 4 + "/" + number);
      contenders.add(stands(participant, name, "candidate"));
    }
    return contenders;
  }

  private static List<Object> together(List<Contender> contenders) throws Exception {
    return together(contenders, ManyTest::wins);
  }

  /**
   * Asks again when nobody knows, as an engine does: a busy machine does not answer all at once.
   */
  private static Object wins(Contender contender) throws StoreException {
    long start = System.nanoTime();
    while (true) {
      try {
        return contender.winsWithin(Duration.ofSeconds(30));
      } catch (UnavailableException busy) {
        if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
          throw busy;
        }
      }
    }
  }

  private interface Deed {
    Object of(Contender contender) throws Exception;
  }

  private static List<Object> together(List<Contender> contenders, Deed deed) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Object>> answers = new ArrayList<>();
      for (Contender contender : contenders) {
        answers.add(threads.submit(() -> deed.of(contender)));
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> answer : answers) {
        results.add(answer.get());
      }
      return results;
    }
  }

  @Test
  void two_hundred_elections_share_a_session_and_few_connections() throws Exception {
    String root = freshElection().path();
    GivenSettings settings = GivenSettings.none().with("crash-detection", "5s");
    ConsulParticipant first = joins(agent, settings);
    ConsulParticipant second = joins(agent, settings);
    List<Contender> leaders = standInAll(first, root, 200);
    List<Contender> waiting = standInAll(second, root, 200);

    long start = System.nanoTime();
    together(leaders);
    Duration settled = Duration.ofNanos(System.nanoTime() - start);
    // At once, since nobody renews here what the others have won.
    assertThat(together(waiting, Contender::campaign))
        .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(NotElected.class));

    assertThat(settled).isLessThan(Duration.ofSeconds(10));
    assertThat(first.meddler().connections()).isLessThanOrEqualTo(20);
    assertThat(second.meddler().connections()).isLessThanOrEqualTo(20);
    assertThat(
            first.meddler().requests().stream()
                .filter(request -> request.is("PUT", "/v1/session/create")))
        .hasSize(1);

    first.cutOff();
    long cut = System.nanoTime();
    together(waiting);
    assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(15));
    // Else each of two hundred would try for a while to say that it leaves.
    first.reconnect();
  }

  @Test
  void of_many_that_wait_few_try_when_the_election_becomes_free() throws Exception {
    ElectionName election = freshElection();
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    List<Contender> waiting = new ArrayList<>();
    for (int number = 0; number < 20; number++) {
      Contender contender = stands(agent, election, "waiting-" + number);
      contender.isRefused();
      leader.keeps(term);
      waiting.add(contender);
    }
    waiting.forEach(contender -> meddler(contender).forget());

    leader.resigns(term);
    waiting.get(0).winsWithin(SOON);
    for (Contender contender : waiting.subList(1, 20)) {
      contender.campaign();
    }

    long attempts =
        waiting.stream()
            .flatMap(contender -> meddler(contender).requests().stream())
            .filter(request -> request.body().contains("\"" + election.path() + "\""))
            .filter(request -> request.body().contains("\"lock\""))
            .count();
    assertThat(attempts).isBetween(1L, 3L);
  }

  @Test
  void an_idle_candidate_writes_nothing_and_asks_little() throws Exception {
    ElectionName election = freshElection();
    Contender leader = standsQuickly(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Contender waiting = standsQuickly(agent, election, "waiting");
    waiting.isRefused();
    leader.keeps(term);
    Await.until("its watch works", SOON, () -> watches(waiting));
    leader.keeps(term);
    String before = tables();
    meddler(waiting).forget();
    long start = System.nanoTime();

    Duration watched = Duration.ofSeconds(12);
    while (System.nanoTime() - start < watched.toNanos()) {
      leader.keeps(term);
      Thread.sleep(300);
    }

    assertThat(tables()).isEqualTo(before);
    List<Meddler.Request> asked = meddler(waiting).requests();
    long local = asked.stream().filter(request -> request.is("PUT", "/v1/agent/")).count();
    long atServers = asked.size() - local;
    assertThat(atServers).isLessThanOrEqualTo(4);
    assertThat((double) asked.size() / watched.toSeconds()).isLessThanOrEqualTo(3);
    assertThat(local).isGreaterThan(watched.toSeconds());
  }

  private static boolean watches(Contender contender) {
    return meddler(contender).requests().stream()
        .anyMatch(
            request -> request.line().contains("&index=") || request.line().contains("?index="));
  }

  /** The indexes of the tables that elections live in. */
  private static String tables() {
    return "keys %d sessions %d checks %d"
        .formatted(
            agent.index("/v1/kv/?recurse"),
            agent.index("/v1/session/list"),
            agent.index("/v1/health/state/any"));
  }
}

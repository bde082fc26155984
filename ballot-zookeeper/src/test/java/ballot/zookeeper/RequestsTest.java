package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger.Page;
import ballot.api.Term;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.zookeeper.foreign.GoInfo;
import ballot.zookeeper.foreign.Witness.What;
import ballot.zookeeper.servers.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What candidates ask of a server, by the server's own count. */
@Isolated("what is counted and measured must not be disturbed")
class RequestsTest extends OnServer {

  private static final Duration PATIENT = Duration.ofSeconds(4);
  private static final int MANY = 50;
  private static final int HAND_OVERS = 20;

  /** How many seconds are looked at; {@code -Dballot.quiet=60} for a whole minute. */
  private static final long QUIET = Long.getLong("ballot.quiet", 6);

  private final List<Campaigner> fleet = new ArrayList<>();

  /** Everybody stands, in the order of their numbers, and the first leads. */
  private ElectionName stand(int count) throws Exception {
    ElectionName election = freshElection();
    fleet.clear();
    for (int number = 0; number < count; number++) {
      Campaigner campaigner = campaigns(server.address(), PATIENT, election, "candidate-" + number);
      fleet.add(campaigner);
      Await.until(
          campaigner + " stands", SOON, () -> campaigner.isWaiting() || campaigner.isWorking());
    }
    awaitWork(fleet.getFirst());
    settle(election);
    return election;
  }

  /** Whoever has something to say when somebody comes has said it. */
  private void settle(ElectionName election) {
    Await.until(
        "everybody stands",
        SOON,
        () -> GoInfo.of(client, base(election)).line().size() == fleet.size());
    long beats = witness.count(What.BEAT, fleet.getFirst().id());
    Await.until(
        "a heartbeat", SOON, () -> witness.count(What.BEAT, fleet.getFirst().id()) > beats + 1);
  }

  /** The requests of each candidate so far. */
  private Map<String, Long> requests(Map<Long, String> names) {
    Map<String, Long> requests = new HashMap<>();
    for (Connection connection : server.connections().values()) {
      String name = names.get(connection.session());
      if (name != null) {
        requests.put(name, connection.requests());
      }
    }
    return requests;
  }

  private Map<Long, String> sessions(ElectionName election) {
    Map<Long, String> names = new HashMap<>();
    fleet.forEach(each -> names.put(sessionOf(election, each.id()), each.id()));
    return names;
  }

  private static Map<String, Long> since(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> asked = new HashMap<>();
    after.forEach((name, count) -> asked.put(name, count - before.getOrDefault(name, 0L)));
    asked.values().removeIf(count -> count == 0);
    return asked;
  }

  @Test
  void with_fifty_a_quiet_time_has_heartbeats_and_their_watchers_and_nothing_else()
      throws Exception {
    ElectionName election = stand(MANY);
    Map<Long, String> names = sessions(election);
    Map<String, Long> before = requests(names);
    long beats = witness.count(What.BEAT, "candidate-0");

    TimeUnit.SECONDS.sleep(QUIET); // this is the time that is looked at

    Map<String, Long> asked = since(before, requests(names));
    beats = witness.count(What.BEAT, "candidate-0") - beats;
    System.out.println("quiet for " + QUIET + " s, " + beats + " heartbeats: " + asked);
    assertThat(asked.keySet()).isSubsetOf("candidate-0", "candidate-1");
    assertThat(asked.getOrDefault("candidate-0", 0L)).isBetween(1L, beats + 1);
    assertThat(asked.getOrDefault("candidate-1", 0L)).isLessThanOrEqualTo(beats + 1);
  }

  @Test
  void with_fifty_the_leaving_of_one_makes_at_most_three_others_ask() throws Exception {
    ElectionName election = stand(MANY);
    Map<Long, String> names = sessions(election);
    String leader = "candidate-0";

    for (int leaving : List.of(25, 49, 2)) {
      Map<String, Long> before = requests(names);
      long beats = witness.count(What.BEAT, leader);
      fleet.get(leaving).close();
      Await.until("two heartbeats", SOON, () -> witness.count(What.BEAT, leader) > beats + 1);
      Map<String, Long> asked = since(before, requests(names));
      asked.remove("candidate-" + leaving);
      // These two are busy with the lease whoever comes and goes.
      asked.remove(leader);
      asked.remove(GoInfo.of(client, base(election)).line().get(1));
      System.out.println("candidate-" + leaving + " of 50 left: " + asked);
      assertThat(asked.keySet()).hasSizeLessThanOrEqualTo(3);
    }

    Map<String, Long> before = requests(names);
    fleet.getFirst().close();
    awaitWork(fleet.get(1));
    Map<String, Long> asked = since(before, requests(names));
    asked.remove(leader);
    System.out.println("the leader of 47 left: " + asked);
    assertThat(asked.keySet()).contains("candidate-1").hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void one_who_waits_behind_others_and_looks_again_asks_nothing() throws Exception {
    ElectionName election = stand(5);
    Map<Long, String> names = sessions(election);
    Map<String, Long> before = requests(names);

    // What the engine does every half minute, and in a quiet minute more than once.
    for (int look = 0; look < 3; look++) {
      fleet.get(4).looksAgain();
    }

    Map<String, Long> asked = since(before, requests(names));
    assertThat(asked).doesNotContainKey("candidate-4");
  }

  @Test
  void one_who_has_left_asks_nothing_more_in_a_session_that_goes_on() throws Exception {
    ElectionName election = stand(1);
    ElectionStore store = joins(server.address(), PATIENT);
    ElectionName another = freshElection();
    store.stand(another, Contender.candidate("stays"), () -> {}).campaign(BUDGET);
    Candidacy leaver = store.stand(election, Contender.candidate("leaver"), () -> {});
    leaver.campaign(BUDGET);
    Map<Long, String> names = Map.of(sessionOf(another, "stays"), "stays");

    leaver.close();

    long beats = witness.count(What.BEAT, "candidate-0");
    Map<String, Long> before = requests(names);
    Await.until("two heartbeats", SOON, () -> witness.count(What.BEAT, "candidate-0") > beats + 1);
    assertThat(since(before, requests(names))).isEmpty();
  }

  @Test
  void a_leader_that_keeps_a_ledger_wakes_nobody() throws Exception {
    ElectionName election = freshElection();
    Scribe leader = closing(new Scribe(joins(server.address(), PATIENT), election, "leader"));
    Term term = leader.wins();
    for (String id : List.of("candidate-1", "candidate-2", "candidate-3")) {
      Campaigner campaigner = campaigns(server.address(), PATIENT, election, id);
      fleet.add(campaigner);
      awaitWaiting(campaigner);
    }
    leader.keeps(term);
    Map<Long, String> names = sessions(election);
    names.put(sessionOf(election, "leader"), "leader");
    Await.until("nobody is awake", SOON, () -> isQuiet(names));
    Map<String, Long> before = requests(names);

    Page page = Page.BLANK;
    for (int number = 0; number < HAND_OVERS; number++) {
      page = leader.writes(term, page, "page " + number);
    }

    Map<String, Long> asked = since(before, requests(names));
    System.out.println(HAND_OVERS + " pages of a ledger: " + asked);
    assertThat(asked.keySet()).containsExactly("leader");
    // For the first page a watch, a look of three and the write, which lacks a folder; the folder;
    // a look and the write again. Then nothing but writes.
    assertThat(asked).containsEntry("leader", 10L + HAND_OVERS - 1);
  }

  private boolean isQuiet(Map<Long, String> names) {
    Map<String, Long> before = requests(names);
    client.exists("/"); // what was asked before has been answered
    return before.equals(requests(names));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, MANY})
  void in_order_the_next_in_line_starts_at_once(int count) throws Exception {
    stand(count);
    List<Duration> gaps = new ArrayList<>();

    for (int round = 0; round < HAND_OVERS; round++) {
      Campaigner leader = fleet.get(round % count);
      Campaigner next = fleet.get((round + 1) % count);
      awaitWaiting(next);
      int terms = next.terms().size();
      leader.giveWay();
      Await.until(
          next.id() + " leads after " + leader.id(), SOON, () -> next.terms().size() > terms);
      awaitWork(next);
      gaps.add(between(leader.stoppedAt(), next.startedAt()));
      TimeUnit.MILLISECONDS.sleep(30); // what the hand-over left to do is not measured
    }

    System.out.printf(
        "hand-over among %d: median %d us, longest %d us%n",
        count,
        median(gaps).toNanos() / 1_000,
        gaps.stream().max(Duration::compareTo).orElseThrow().toNanos() / 1_000);
    // Woken by the store: whoever looks again by itself does so after many seconds. How many
    // milliseconds it takes is printed above, and no test's to judge on a machine that is busy.
    assertThat(median(gaps)).isLessThan(Duration.ofSeconds(1));
  }
}

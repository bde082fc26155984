package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.Ledger.Page;
import ballot.api.Term;
import ballot.testkit.Await;
import ballot.zookeeper.Campaigner.Tenure;
import ballot.zookeeper.foreign.Witness.Event;
import ballot.zookeeper.foreign.Witness.What;
import ballot.zookeeper.servers.Ensemble;
import ballot.zookeeper.servers.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three servers, of which some or all are gone for a while. */
class EnsembleTest extends OnServers {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final Duration OUTAGE = Duration.ofSeconds(20);

  /** From the servers' return until somebody leads: they elect, clients come back, a lease ends. */
  private static final Duration RECOVERY = Duration.ofSeconds(30);

  private static final int PAGES = 150;

  private static Ensemble ensemble;

  private final List<Campaigner> fleet = new ArrayList<>();

  @BeforeAll
  static void start() {
    ensemble = Ensemble.start();
  }

  @AfterAll
  static void stop() {
    ensemble.close();
  }

  private Campaigner fleetOfThree() throws Exception {
    ElectionName election = freshElection();
    for (String id : List.of("a", "b", "c")) {
      fleet.add(campaigns(ensemble.address(), TIMEOUT, election, id));
    }
    Campaigner leader = awaitLeader();
    fleet.stream().filter(each -> each != leader).forEach(OnServers::awaitWaiting);
    return leader;
  }

  private Campaigner awaitLeader() {
    return Await.value(
        "somebody leads: " + fleet,
        RECOVERY,
        () -> fleet.stream().filter(Campaigner::isWorking).findFirst().orElse(null));
  }

  /** Leadership goes round until everybody has had it once more. */
  private void everybodyTakesPart() {
    List<Campaigner> left = new ArrayList<>(fleet);
    while (!left.isEmpty()) {
      Campaigner leader = awaitLeader();
      left.remove(leader);
      int terms = leader.terms().size();
      leader.giveWay();
      Await.until(
          leader.id() + " gave way",
          RECOVERY,
          () -> !leader.isWorking() || leader.terms().size() > terms);
    }
  }

  /**
   * One who had its term and lost the proof of it may have the same again, if nobody came between.
   */
  private void termsOnlyGrew() {
    List<Tenure> tenures =
        fleet.stream()
            .flatMap(each -> each.tenures().stream())
            .sorted(Comparator.comparing(Tenure::startedAt))
            .toList();
    assertThat(tenures).extracting(Tenure::term).isSorted();
    assertThat(fleet.stream().flatMap(each -> each.terms().stream().distinct()).toList())
        .doesNotHaveDuplicates();
    assertThat(witness.overlaps()).isEmpty();
  }

  private void goes(Server server, Runnable meanwhile) {
    server.kill();
    meanwhile.run();
    server.launch();
    ensemble.ready();
  }

  @Test
  void what_the_leader_wrote_over_one_server_a_candidate_reads_over_another_at_once()
      throws Exception {
    ElectionName election = freshElection();
    Scribe leader = keeps(ensemble.following(), election, "leader");
    List<Scribe> others = new ArrayList<>();
    for (Server server : ensemble.servers()) {
      others.add(keeps(server, election, "at " + server.address()));
    }
    Term term = leader.wins();

    Page page = Page.BLANK;
    for (int number = 0; number < PAGES; number++) {
      page = leader.writes(term, page, "page " + number);
      assertThat(others.get(number % others.size()).reads()).isEqualTo(page);
    }
  }

  private Scribe keeps(Server server, ElectionName election, String id) throws Exception {
    return closing(new Scribe(joins(server.address(), TIMEOUT.multipliedBy(2)), election, id));
  }

  @Test
  void a_server_that_dies_ends_no_leadership() throws Exception {
    Campaigner leader = fleetOfThree();

    goes(
        ensemble.following(),
        () -> {
          long beats = witness.count(What.BEAT, leader.id());
          Await.until(
              "the leader beats", SOON, () -> witness.count(What.BEAT, leader.id()) > beats + 3);
        });

    assertThat(leader.terms()).hasSize(1);
    everybodyTakesPart();
    termsOnlyGrew();
  }

  @Test
  void the_death_of_the_leading_server_makes_no_second_leader() throws Exception {
    fleetOfThree();

    goes(ensemble.leading(), this::everybodyTakesPart);

    everybodyTakesPart();
    termsOnlyGrew();
  }

  @Test
  void a_frozen_leading_server_makes_no_second_leader() throws Exception {
    fleetOfThree();

    Server frozen = ensemble.leading();
    frozen.freeze();
    try {
      Await.until(
          "another leads the ensemble",
          RECOVERY,
          () ->
              ensemble.servers().stream()
                  .anyMatch(server -> server != frozen && server.mode().equals("leader")));
      everybodyTakesPart();
    } finally {
      frozen.thaw();
    }

    ensemble.ready();
    everybodyTakesPart();
    termsOnlyGrew();
  }

  @Test
  void when_all_are_away_nobody_leads_longer_than_a_lease_and_all_come_back() throws Exception {
    Campaigner leader = fleetOfThree();

    ensemble.killAll();
    long away = System.nanoTime();
    Await.until("the leader has stopped", TIMEOUT, () -> !leader.isWorking());
    Event beat = witness.last(What.BEAT, leader.id());
    assertThat(between(beat.at(), leader.stoppedAt())).isLessThanOrEqualTo(TIMEOUT);
    long starts = starts();
    Duration left = OUTAGE.minus(between(away, System.nanoTime()));
    Await.always("nobody starts", left, () -> fleet.stream().noneMatch(Campaigner::isWorking));
    assertThat(starts()).isEqualTo(starts);
    ensemble.bringBack();

    everybodyTakesPart();
    termsOnlyGrew();
  }

  private long starts() {
    return witness.events().stream().filter(event -> event.what() == What.START).count();
  }
}

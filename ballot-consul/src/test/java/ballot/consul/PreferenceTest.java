package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Preference;
import ballot.api.Roster;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.Signals;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who goes first in line, and whom a leader gives way to. */
class PreferenceTest extends OnServices {

  private static final Preference FIRST = new Preference(5, false);
  private static final Preference TAKES_OVER = new Preference(5, true);

  private static ConsulAgent agent;

  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  /** Somebody who stands with a preference. */
  private record Preferred(Candidate candidate, Candidacy candidacy, Signals signals)
      implements AutoCloseable {

    Verdict campaign() throws Exception {
      return candidacy.campaign(BUDGET);
    }

    NotElected isRefused() throws Exception {
      Verdict verdict = campaign();
      assertThat(verdict).isInstanceOf(NotElected.class);
      return (NotElected) verdict;
    }

    Term wins() {
      return Await.value(
          candidate.id() + " wins",
          SOON,
          () -> campaign() instanceof Elected elected ? elected.lease().term() : null);
    }

    /** Keeps its term; whether it is asked to step down, and why. */
    Optional<String> isAsked(Term term) throws Exception {
      Verdict verdict = candidacy.renew(term, BUDGET);
      assertThat(verdict).isInstanceOf(Elected.class);
      assertThat(((Elected) verdict).lease().term()).isEqualTo(term);
      return ((Elected) verdict).stepDown();
    }

    void awaitAsked(Term term) {
      Await.until("it is asked to step down", SOON, () -> isAsked(term).isPresent());
    }

    @Override
    public void close() {
      candidacy.close();
    }
  }

  private Preferred stands(String id, Preference preference) throws Exception {
    ConsulParticipant process = joins(agent);
    Candidate plain = Contender.candidate(id);
    Candidate candidate =
        new Candidate(id, plain.host(), plain.pid(), plain.proposedAt(), preference);
    Signals signals = new Signals();
    return closing(
        new Preferred(candidate, process.store().stand(election, candidate, signals), signals));
  }

  @Test
  void who_has_a_higher_priority_goes_first_whoever_came_first() throws Exception {
    Preferred leader = stands("leader", Preference.NONE);
    Preferred early = stands("early", new Preference(-1, false));
    Preferred plain = stands("plain", Preference.NONE);
    Preferred late = stands("late", FIRST);
    Term term = leader.wins();
    for (Preferred each : List.of(early, plain, late)) {
      each.isRefused();
    }

    Roster roster = joins(agent).store().observe(election, BUDGET);
    assertThat(roster.candidates().stream().map(Roster.Entry::id))
        .containsExactly("late", "leader", "plain", "early");
    assertThat(roster.candidates().getFirst().notes())
        .containsExactly("next in line", "has priority 5");
    assertThat(leader.isAsked(term)).isEmpty();
    leader.candidacy().resign(term, BUDGET);
    late.wins();
    Await.until(
        "the others see it lead",
        SOON,
        () -> early.isRefused().holder().equals(Optional.of(late.candidate())));
  }

  @Test
  void a_leader_is_told_at_once_who_asks_it_to_step_down_and_the_asker_follows() throws Exception {
    Preferred leader = stands("leader", Preference.NONE);
    Preferred other = stands("other", Preference.NONE);
    Term term = leader.wins();
    other.isRefused();
    assertThat(leader.isAsked(term)).isEmpty();
    leader.signals().await(Duration.ofMillis(300));
    leader.signals().forget();
    Preferred asker = stands("asker", TAKES_OVER);

    assertThat(asker.isRefused().because()).endsWith("which is asked to step down");

    assertThat(leader.signals().await(SOON)).isTrue();
    String address = asker.candidate().address();
    assertThat(leader.isAsked(term))
        .contains(address + " asks for it: its priority 5 is higher than 0");
    Roster roster = joins(agent).store().observe(election, BUDGET);
    assertThat(roster.candidates().getFirst().notes())
        .contains("asks the leader to step down for it");
    assertThat(leader.isAsked(term)).as("until it has stepped down").isPresent();
    leader.candidacy().resign(term, BUDGET);
    assertThat(asker.wins()).isGreaterThan(term);
    leader.isRefused();
    other.isRefused();
  }

  @Test
  void who_stepped_down_for_one_leaves_its_place_to_it_however_slow_it_is() throws Exception {
    Preferred leader = stands("leader", Preference.NONE);
    Term term = leader.wins();
    Preferred asker = stands("asker", TAKES_OVER);
    asker.isRefused();
    leader.awaitAsked(term);
    leader.candidacy().resign(term, BUDGET);
    long given = System.nanoTime();

    while (System.nanoTime() - given < Duration.ofMillis(300).toNanos()) {
      assertThat(leader.campaign()).isInstanceOf(Verdict.NotElected.class);
    }

    asker.candidacy().resign(asker.wins(), BUDGET);
    asker.close();
    leader.wins();
  }

  @Test
  void nobody_gives_way_to_its_equal_or_to_one_that_does_not_ask() throws Exception {
    Preferred leader = stands("leader", new Preference(5, true));
    Term term = leader.wins();

    stands("equal", TAKES_OVER).isRefused();
    stands("patient", new Preference(9, false)).isRefused();

    Await.always("it leads on", Duration.ofMillis(500), () -> leader.isAsked(term).isEmpty());
  }

  @Test
  void who_was_given_way_to_is_not_given_way_to_again_within_a_minute() throws Exception {
    Preferred leader = stands("leader", Preference.NONE);
    Preferred fickle = stands("fickle", TAKES_OVER);
    Term first = leader.wins();
    fickle.isRefused();
    leader.awaitAsked(first);
    leader.candidacy().resign(first, BUDGET);
    Term brief = fickle.wins();
    leader.isRefused();
    fickle.candidacy().resign(brief, BUDGET);
    Term again = leader.wins();
    fickle.isRefused();

    Await.always("it leads on", Duration.ofMillis(500), () -> leader.isAsked(again).isEmpty());
    Preferred another = stands("another", TAKES_OVER);
    another.isRefused();
    leader.awaitAsked(again);
  }

  @Test
  void nobody_gives_way_to_one_that_is_gone_whatever_a_watch_shows() throws Exception {
    ConsulParticipant process = joins(agent);
    Signals signals = new Signals();
    Candidate candidate = Contender.candidate("leader");
    Preferred leader =
        closing(
            new Preferred(candidate, process.store().stand(election, candidate, signals), signals));
    Term term = leader.wins();
    Preferred asker = stands("asker", TAKES_OVER);
    asker.isRefused();
    leader.awaitAsked(term);
    process.meddler().forget();
    process.meddler().meddle(request -> isWatch(request) ? Meddler.Deed.HANG : Meddler.Deed.PASS);
    stands("other", Preference.NONE).isRefused();
    Await.until(
        "its watch hangs",
        SOON,
        () -> process.meddler().requests().stream().anyMatch(PreferenceTest::isWatch));

    asker.close();

    assertThat(leader.isAsked(term)).isEmpty();
  }

  private static boolean isWatch(Meddler.Request request) {
    return request.line().contains(".ballot/") && request.line().contains("index=");
  }

  @Test
  void the_unfit_do_not_stand_in_line_and_are_not_given_way_to() throws Exception {
    String service = freshService();
    registerWithCheck(agent, service, service);
    Attended attended = attends(agent, ServiceSpecs.of(service, service));
    Preferred leader = stands("leader", Preference.NONE);
    Term term = leader.wins();
    Candidate plain = Contender.candidate("asker");
    Candidate candidate =
        new Candidate("asker", plain.host(), plain.pid(), plain.proposedAt(), TAKES_OVER);
    Candidacy asker = attended.instance().stand(election, candidate, attended.signals());
    assertThat(asker.campaign(BUDGET)).isInstanceOf(NotElected.class);
    leader.awaitAsked(term);

    turns(agent, "alive-" + service, "fail");
    assertThat(attended.look().unfit()).isPresent();

    assertThat(leader.isAsked(term)).isEmpty();
    assertThat(joins(agent).store().observe(election, BUDGET).candidates()).hasSize(1);
    turns(agent, "alive-" + service, "pass");
    assertThat(attended.look().unfit()).isEmpty();
    assertThat(asker.campaign(BUDGET)).isInstanceOf(NotElected.class);
    leader.awaitAsked(term);
  }

  @Test
  void a_leader_that_is_unfit_leaves_the_line_when_it_gives_back() throws Exception {
    String service = freshService();
    registerWithCheck(agent, service, service);
    Attended attended = attends(agent, ServiceSpecs.of(service, service));
    Candidacy candidacy = attended.stands(election, "one");
    Term term = ((Elected) candidacy.campaign(BUDGET)).lease().term();
    turns(agent, "alive-" + service, "fail");
    assertThat(attended.look().unfit()).isPresent();
    ConsulParticipant onlooker = joins(agent);
    assertThat(onlooker.store().observe(election, BUDGET).candidates()).hasSize(1);

    candidacy.resign(term, BUDGET);

    assertThat(onlooker.store().observe(election, BUDGET).candidates()).isEmpty();
    turns(agent, "alive-" + service, "pass");
    assertThat(attended.look().unfit()).isEmpty();
    assertThat(candidacy.campaign(BUDGET)).isInstanceOf(Elected.class);
  }

  @Test
  void a_leader_of_another_tool_is_waited_for_and_that_is_said() throws Exception {
    String session =
        JsonParser.parseString(agent.put("/v1/session/create", "{\"TTL\": \"60s\"}"))
            .getAsJsonObject()
            .get("ID")
            .getAsString();
    agent.put("/v1/kv/" + election + "?acquire=" + session, "");
    Preferred asker = stands("asker", TAKES_OVER);

    assertThat(asker.isRefused().because())
        .contains("held by another tool")
        .endsWith("which cannot be asked to step down and is waited for");
    assertThat(joins(agent).store().observe(election, BUDGET).candidates().getFirst().notes())
        .contains("would take over, but the leader cannot be asked to step down");
    agent.put("/v1/kv/" + election + "?release=" + session, "");
    asker.wins();
  }

  @Test
  void what_it_prefers_stands_in_the_key_and_is_read_back() throws Exception {
    Preferred leader = stands("leader", TAKES_OVER);
    leader.wins();

    JsonObject key = agent.get("/v1/kv/" + election).getAsJsonArray().get(0).getAsJsonObject();
    JsonObject value = object(ForeignTool.value(key));
    assertThat(value.get("Priority").getAsLong()).isEqualTo(5);
    assertThat(value.get("Preempts").getAsBoolean()).isTrue();
    assertThat(stands("other", Preference.NONE).isRefused().holder()).contains(leader.candidate());
  }
}

package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.ServiceSpec.Role;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long who leads next waits after a leadership that was taken away by hand. */
class FarewellTest extends OnServices {

  /** Much less than the leases of {@link #patient} candidates, which are waited for else. */
  private static final Duration BRIEFLY = Duration.ofSeconds(6);

  private static ConsulAgent agent;

  private final String service = freshService();
  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private Attended attends(ConsulParticipant process, String id) throws Exception {
    registerWithCheck(agent, service, id);
    return attends(process, ServiceSpecs.of(service, id));
  }

  private static Term wins(Candidacy candidacy) throws Exception {
    Verdict verdict = candidacy.campaign(BUDGET);
    assertThat(verdict).isInstanceOf(Elected.class);
    return ((Elected) verdict).lease().term();
  }

  private static NotElected refused(Candidacy candidacy) throws Exception {
    Verdict verdict = candidacy.campaign(BUDGET);
    assertThat(verdict).isInstanceOf(NotElected.class);
    return (NotElected) verdict;
  }

  private void deleteKey() {
    agent.delete("/v1/kv/" + election);
  }

  private static void hasLost(Candidacy leader, Term term) throws Exception {
    Await.until(
        "it has lost", SOON, () -> leader.renew(term, BUDGET) instanceof NotElected refused);
  }

  /** Sees the election free, and waits for the work of who led. */
  private static NotElected waits(Candidacy candidacy) {
    return Await.value(
        "it waits",
        SOON,
        () ->
            candidacy.campaign(BUDGET) instanceof NotElected not
                    && not.because().contains("learning of its loss")
                ? not
                : null);
  }

  @Test
  void who_follows_a_loser_that_has_finished_need_not_wait_although_its_session_stands()
      throws Exception {
    Attended first = attends(joins(agent), service + "-1");
    Attended second = attends(joins(agent), service + "-2");
    Candidacy leader = first.stands(election, "leader");
    Candidacy next = second.stands(election, "next");
    Term term = wins(leader);
    refused(next);
    deleteKey();
    hasLost(leader, term);
    assertThat(waits(next).lookAgainIn()).isGreaterThan(BRIEFLY);

    first.wears(Role.REPLICA);

    long since = System.nanoTime();
    Elected won =
        Await.value(
            "the next one leads",
            BRIEFLY,
            () -> next.campaign(BUDGET) instanceof Elected elected ? elected : null);
    assertThat(won.holdOff()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(BRIEFLY);
    assertThat(refused(leader).holder().orElseThrow().id()).isEqualTo("next");
  }

  @Test
  void a_newcomer_waits_for_a_loser_that_has_finished_only_as_for_one_that_is_gone()
      throws Exception {
    Attended first = attends(joins(agent), service + "-1");
    Candidacy leader = first.stands(election, "leader");
    Term term = wins(leader);
    deleteKey();
    hasLost(leader, term);
    first.wears(Role.REPLICA);
    Contender newcomer = stands(agent, election, "newcomer");

    Roster roster = newcomer.participant().store().observe(election, BUDGET);
    Elected won = newcomer.winsWithin(SOON);

    assertThat(roster.notes())
        .anySatisfy(note -> assertThat(note).contains("has finished its work"));
    assertThat(won.holdOff()).isPositive().isLessThanOrEqualTo(HoldOff.NOTICE);
  }

  @Test
  void a_word_that_comes_late_says_nothing_of_the_leadership_after() throws Exception {
    ConsulParticipant process = joins(agent);
    Attended first = attends(process, service + "-1");
    Attended second = attends(process, service + "-2");
    Attended third = attends(joins(agent), service + "-3");
    Candidacy slow = first.stands(election, "slow");
    Candidacy after = second.stands(election, "after");
    Term term = wins(slow);
    deleteKey();
    hasLost(slow, term);
    Term later =
        Await.value(
            "another of the same process leads",
            SOON,
            () -> after.campaign(BUDGET) instanceof Elected won ? won.lease().term() : null);
    assertThat(first.instance().session()).isEqualTo(second.instance().session());
    Candidacy next = third.stands(election, "next");
    refused(next);
    deleteKey();
    hasLost(after, later);

    first.wears(Role.REPLICA);

    assertThat(waits(next).lookAgainIn()).isGreaterThan(BRIEFLY);
  }

  @Test
  void what_an_earlier_leader_may_have_left_is_waited_for_by_the_one_after_the_next()
      throws Exception {
    Contender frozen = stands(agent, election, "frozen");
    Contender next = standsQuickly(agent, election, "next");
    Contender third = standsQuickly(agent, election, "third");
    frozen.winsAtOnce();
    next.isRefused();
    third.isRefused();
    deleteKey();
    Elected brief = next.winsWithin(SOON);
    assertThat(brief.holdOff()).isGreaterThan(BRIEFLY);
    third.isRefused();

    deleteKey();

    assertThat(third.winsWithin(SOON).holdOff()).isGreaterThan(BRIEFLY);
  }

  @Test
  void who_lost_before_its_work_began_does_not_say_that_all_work_is_over() throws Exception {
    Contender frozen = stands(agent, election, "frozen");
    Contender next = stands(agent, election, "next");
    Contender third = stands(agent, election, "third");
    frozen.winsAtOnce();
    next.isRefused();
    third.isRefused();
    deleteKey();
    Elected brief = next.winsWithin(SOON);
    third.isRefused();
    JsonObject key = agent.get("/v1/kv/" + election).getAsJsonArray().get(0).getAsJsonObject();
    agent.put("/v1/session/destroy/" + key.get("Session").getAsString(), "");

    next.resigns(brief.lease().term());

    assertThat(third.winsWithin(SOON).holdOff()).isPositive();
  }
}

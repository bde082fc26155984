package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody does behind an election's back, and how everybody gets back in line after it. */
class RecoveryTest extends OnAgent {

  private static ConsulAgent agent;

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private final ElectionName election = freshElection();

  private JsonElement key() {
    return agent.get("/v1/kv/" + election).getAsJsonArray().get(0);
  }

  private String holder() {
    return key().getAsJsonObject().get("Session").getAsString();
  }

  @Test
  void a_key_deleted_by_hand_ends_the_leadership_and_the_next_one_holds_off() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender other = stands(agent, election, "other");
    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();

    agent.delete("/v1/kv/" + election);

    Elected next = other.winsWithin(SOON);
    assertThat(next.lease().term()).isGreaterThan(term);
    assertThat(next.holdOff()).isBetween(HoldOff.NOTICE, HoldOff.LONGEST_NOTICE);
    assertThat(leader.keepsNoMore(term).because()).contains("taken away");
  }

  @Test
  void who_leads_after_a_frozen_leader_whose_key_was_deleted_waits_until_its_lease_is_over()
      throws Exception {
    Contender frozen = standsQuickly(agent, election, "frozen");
    Contender other = stands(agent, election, "other");
    Elected won = frozen.winsAtOnce();
    other.isRefused();
    Elected kept = frozen.keeps(won.lease().term());
    long leaseEnds = System.nanoTime() + kept.lease().validFor().toNanos();
    meddler(frozen).meddle(Meddler.Deed.HANG);

    agent.delete("/v1/kv/" + election);

    Elected next = other.winsWithin(SOON);
    long worksFrom = System.nanoTime() + next.holdOff().toNanos();
    assertThat(worksFrom - leaseEnds).isPositive();
  }

  @Test
  void the_loser_of_a_deleted_key_is_told_at_once() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    leader.keeps(term);
    Await.until(
        "its watch sees it lead", SOON, () -> !leader.signals().await(Duration.ofMillis(100)));

    agent.delete("/v1/kv/" + election);

    assertThat(leader.signals().await(Duration.ofMillis(500))).isTrue();
    assertThat(leader.keepsNoMore(term).because()).contains("deleted");
    assertThat(leader.winsWithin(SOON).holdOff()).isPositive();
  }

  @Test
  void a_session_destroyed_by_hand_ends_the_leadership() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender other = stands(agent, election, "other");
    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();

    agent.put("/v1/session/destroy/" + holder(), "");

    assertThat(other.winsWithin(SOON).holdOff()).isPositive();
    leader.keepsNoMore(term);
    leader.isRefused();
    other.resigns(other.winsAtOnce().lease().term());
    leader.winsWithin(SOON);
  }

  @Test
  void a_candidate_whose_session_was_destroyed_gets_back_in_line() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender waiting = stands(agent, election, "waiting");
    Term term = leader.winsAtOnce().lease().term();
    waiting.isRefused();
    String place =
        waiting.participant().store().observe(election, BUDGET).candidates().get(1).proposalNode();
    String session = String.valueOf(place).substring(String.valueOf(place).lastIndexOf('/') + 1);

    leader.keeps(term);
    waiting.signals().forget();
    agent.put("/v1/session/destroy/" + session, "");

    assertThat(waiting.signals().await(Duration.ofSeconds(1))).isTrue();
    Await.until(
        "it stands in line again",
        SOON,
        () -> {
          leader.keeps(term);
          waiting.isRefused();
          return waiting.participant().store().observe(election, BUDGET).candidates().size() == 2;
        });
    leader.resigns(term);
    waiting.winsWithin(SOON);
  }

  @Test
  void a_check_taken_back_by_hand_ends_the_leadership_without_an_overlap() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender other = stands(agent, election, "other");
    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();
    String check = checkOf(holder());

    agent.put("/v1/agent/service/deregister/" + check, "");

    assertThat(other.winsWithin(SOON).holdOff()).isPositive();
    hasLost(leader, term);
    leader.resigns(term);
    leader.isRefused();
  }

  private static String checkOf(String session) {
    return agent
        .get("/v1/session/info/" + session)
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .get("ServiceChecks")
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .get("ID")
        .getAsString();
  }

  private static void hasLost(Contender leader, Term term) throws StoreException {
    try {
      leader.keepsNoMore(term);
    } catch (UnavailableException nobodyKnows) {
      assertThat(nobodyKnows).hasMessageContaining("could not");
    }
  }

  @Test
  void a_value_overwritten_by_hand_takes_no_leadership_away() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender other = stands(agent, election, "other");
    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();

    agent.put("/v1/kv/" + election, "somebody's notes");

    assertThat(other.isRefused().holder()).contains(leader.candidate());
    assertThat(stands(agent, election, "new").isRefused().because()).contains("held by leader");
    Roster roster = other.participant().store().observe(election, BUDGET);
    assertThat(roster.leader().orElseThrow().id()).isEqualTo("leader");
    assertThat(roster.leader().orElseThrow().term()).isEqualTo(term);
    assertThat(roster.notes()).anySatisfy(note -> assertThat(note).contains("somebody wrote"));
    leader.keeps(term);
    leader.resigns(term);
    assertThat(other.winsWithin(SOON).lease().term()).isGreaterThan(term);
  }

  @Test
  void a_leadership_released_by_hand_is_over() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    agent.put("/v1/kv/" + election + "?release=" + holder(), "let go");

    Await.until(
        "it is over", SOON, () -> leader.candidacy().renew(term, BUDGET) instanceof NotElected);
    assertThat(leader.winsWithin(SOON).holdOff()).isPositive();
  }

  @Test
  void a_leadership_given_back_during_its_hold_off_leaves_the_hold_off_to_the_next()
      throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender hasty = stands(agent, election, "hasty");
    Contender next = stands(agent, election, "next");
    leader.winsAtOnce();
    hasty.isRefused();
    next.isRefused();
    agent.delete("/v1/kv/" + election);
    Elected brief = hasty.winsWithin(SOON);
    assertThat(brief.holdOff()).isPositive();

    hasty.resigns(brief.lease().term());

    assertThat(next.winsWithin(SOON).holdOff()).isPositive();
  }

  @Test
  void an_agent_that_forgot_everything_is_told_again() throws Exception {
    try (ConsulAgent forgetful = ConsulAgent.dev().ready()) {
      Contender leader = standsQuickly(forgetful, election, "leader");
      Contender waiting = standsQuickly(forgetful, election, "waiting");
      Term term = leader.winsAtOnce().lease().term();
      waiting.isRefused();

      forgetful.kill();
      forgetful.again();
      forgetful.ready();

      Await.until("the old leadership is over", SOON, () -> isOver(leader, term));
      eventuallyWins(leader);
      Await.until("the other one waits", SOON, () -> isRefused(waiting));
    }
  }

  @Test
  void an_agent_restarted_with_its_memory_lets_everybody_back_in() throws Exception {
    try (ConsulAgent server = ConsulAgent.server(1).ready()) {
      Contender leader = standsQuickly(server, election, "leader");
      Contender waiting = standsQuickly(server, election, "waiting");
      Term term = leader.winsAtOnce().lease().term();
      waiting.isRefused();

      server.stop();
      server.again();
      server.ready();

      Await.until("the old leadership is over", SOON, () -> isOver(leader, term));
      Elected next = eventuallyWins(waiting);
      assertThat(next.lease().term()).isGreaterThan(term);
      Await.until("the other one waits", SOON, () -> isRefused(leader));
    }
  }

  /** A leader that gives up as soon as it can no longer prove its leadership. */
  private static boolean isOver(Contender leader, Term term) throws StoreException {
    try {
      if (leader.candidacy().renew(term, BUDGET) instanceof NotElected) {
        return true;
      }
      return false;
    } catch (UnavailableException nobodyKnows) {
      if (String.valueOf(nobodyKnows.getMessage()).contains("has run out")) {
        leader.resigns(term);
        return true;
      }
      return false;
    }
  }

  private static Elected eventuallyWins(Contender contender) {
    Elected[] won = new Elected[1];
    Await.until(
        contender + " wins",
        Duration.ofSeconds(30),
        () -> {
          try {
            if (contender.campaign() instanceof Elected elected) {
              won[0] = elected;
              return true;
            }
            return false;
          } catch (UnavailableException nobodyKnows) {
            return false;
          }
        });
    return won[0];
  }

  private static boolean isRefused(Contender contender) throws StoreException {
    try {
      return contender.campaign() instanceof NotElected;
    } catch (UnavailableException nobodyKnows) {
      return false;
    }
  }
}

package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.zookeeper.foreign.Witness.What;
import ballot.zookeeper.servers.Proxy;
import ballot.zookeeper.servers.Proxy.Way;
import ballot.zookeeper.servers.RawClient;
import ballot.zookeeper.servers.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that end, and connections that do not say so. */
class SessionTest extends OnServer {

  @Test
  void a_leader_whose_session_is_ended_from_outside_stops_and_stands_again() throws Exception {
    ElectionName election = freshElection();
    Campaigner leader = campaigns(election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);

    RawClient.endSession(server.address(), sessionOf(election, "leader"));

    awaitWork(next);
    assertThat(between(witness.last(What.BEAT, "leader").at(), next.startedAt()))
        .isGreaterThanOrEqualTo(TIMEOUT.minus(server.tick()));
    next.giveWay();
    awaitWork(leader);
    assertThat(leader.terms()).hasSize(2).isSorted();
    assertThat(leader.terms().getLast()).isGreaterThan(next.terms().getLast());
  }

  @Test
  void a_lonely_leader_whose_session_is_ended_from_outside_leads_again() throws Exception {
    ElectionName election = freshElection();
    Campaigner leader = campaigns(election, "leader");
    awaitWork(leader);

    RawClient.endSession(server.address(), sessionOf(election, "leader"));

    Await.until("it has a second term", SOON, () -> leader.terms().size() == 2);
    assertThat(leader.terms()).isSorted();
    assertThat(proposalsOf(election, "leader")).isEqualTo(1);
  }

  @Test
  void one_who_waits_and_whose_session_is_ended_from_outside_waits_again() throws Exception {
    ElectionName election = freshElection();
    Campaigner leader = campaigns(election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);
    long old = sessionOf(election, "next");

    RawClient.endSession(server.address(), old);

    Await.until(
        "it stands in another session",
        SOON,
        () -> proposalsOf(election, "next") == 1 && sessionOf(election, "next") != old);
    assertThat(leader.terms()).hasSize(1);
    leader.giveWay();
    awaitWork(next);
  }

  @Test
  void a_leader_whose_connection_hangs_stops_before_the_next_one_starts() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Campaigner leader = campaigns(line.address(), TIMEOUT, election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);

    line.hang();
    long hung = System.nanoTime();
    awaitWork(next);

    assertThat(leader.stoppedAt()).isBetween(hung, next.startedAt());
    assertThat(between(witness.last(What.BEAT, "leader").at(), next.startedAt()))
        .isGreaterThanOrEqualTo(TIMEOUT.minus(server.tick()));
    assertThat(between(hung, next.startedAt()))
        .isLessThanOrEqualTo(TIMEOUT.plus(server.tick()).plus(BUSY));
    line.behave();
    Await.until("it stands again", SOON, () -> proposalsOf(election, "leader") == 1);
    next.giveWay();
    awaitWork(leader);
  }

  @ParameterizedTest
  @EnumSource
  void a_leader_that_is_heard_or_hears_but_not_both_never_leads_with_another(Way way)
      throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Campaigner leader = campaigns(line.address(), TIMEOUT, election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);

    line.hang(way);
    Await.until("the leader has stopped", SOON, () -> !leader.isWorking());
    awaitWork(next);

    line.behave();
    Await.until("it stands again", SOON, () -> proposalsOf(election, "leader") == 1);
    next.giveWay();
    awaitWork(leader);
  }

  @Test
  void a_connection_that_breaks_now_and_then_costs_no_leadership() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Campaigner leader = campaigns(line.address(), TIMEOUT.multipliedBy(3), election, "leader");
    awaitWork(leader);
    campaigns(election, "next");

    for (int cut = 0; cut < 3; cut++) {
      line.cut();
      long beats = witness.count(What.BEAT, "leader");
      Await.until("it beats again", SOON, () -> witness.count(What.BEAT, "leader") > beats);
    }

    assertThat(leader.terms()).hasSize(1);
    assertThat(leader.isWorking()).isTrue();
  }

  @Test
  void a_server_that_is_frozen_and_thaws_elects_nobody_twice() throws Exception {
    ElectionName election = freshElection();
    Campaigner leader = campaigns(election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);

    server.freeze();
    try {
      Await.until("the leader has stopped", SOON, () -> !leader.isWorking());
      assertThat(next.isWorking()).isFalse();
    } finally {
      server.thaw();
    }

    Await.until("one leads", SOON, () -> leader.isWorking() || next.isWorking());
    Campaigner first = leader.isWorking() ? leader : next;
    Campaigner second = first == leader ? next : leader;
    Await.until("both stand", SOON, () -> proposalsOf(election, second.id()) == 1);
    first.giveWay();
    awaitWork(second);
  }

  @Test
  void a_namesake_in_the_same_process_is_another_candidate() throws Exception {
    ElectionName election = freshElection();
    Candidate self = Contender.candidate("namesake");
    Candidacy first = closing(joins(server.address(), TIMEOUT).stand(election, self, () -> {}));
    Candidacy second = closing(joins(server.address(), TIMEOUT).stand(election, self, () -> {}));

    Term term = ((Elected) first.campaign(BUDGET)).lease().term();

    for (int question = 0; question < 3; question++) {
      assertThat(second.campaign(BUDGET)).isInstanceOf(NotElected.class);
      assertThat(second.renew(term, BUDGET)).isInstanceOf(NotElected.class);
      second.resign(term, BUDGET);
      assertThat(first.renew(term, BUDGET)).isInstanceOf(Elected.class);
    }
    assertThat(proposalsOf(election, "namesake")).isEqualTo(2);
  }

  @Test
  void a_server_that_has_lost_what_it_knew_elects_again() throws Exception {
    Server forgetful = closing(Server.start());
    ElectionName election = freshElection();
    Campaigner leader = campaigns(forgetful.address(), TIMEOUT, election, "leader");
    awaitWork(leader);

    forgetful.kill();
    Await.until("the leader has stopped", SOON, () -> !leader.isWorking());
    forgetful.forget();
    forgetful.launch();
    forgetful.ready();

    awaitWork(leader);
  }
}

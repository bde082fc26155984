package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Contender;
import ballot.testkit.Participant;
import ballot.zookeeper.servers.Proxy;
import org.junit.jupiter.api.Test;

/** An election that somebody deletes by hand and others make anew: its candidates' names return. */
class MadeAnewTest extends OnServer {

  /** A process that is neither silent nor cut off. */
  private record Process(ElectionStore store) implements Participant {

    @Override
    public void fallSilent() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void cutOff() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void reconnect() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private Contender stands(ElectionName election, String id) throws Exception {
    return stands(server.address(), election, id);
  }

  private Contender stands(String servers, ElectionName election, String id) throws Exception {
    Process process = closing(new Process(joins(servers, TIMEOUT)));
    return closing(new Contender(process, election, id, BUDGET));
  }

  private void deletes(ElectionName election) {
    String base = base(election);
    client.children(base).forEach(name -> client.delete(base + "/" + name));
    client.delete(base);
  }

  @Test
  void nobody_claims_from_a_place_that_is_now_anothers() throws Exception {
    ElectionName election = freshElection();
    Contender leader = stands(election, "leader");
    Contender next = stands(election, "next");
    leader.winsAtOnce();
    next.isRefused();
    String place = proposalOf(election, "next");

    deletes(election);
    Contender newLeader = stands(election, "new-leader");
    Contender newNext = stands(election, "new-next");
    newLeader.winsAtOnce();
    newNext.isRefused();
    assertThat(proposalOf(election, "new-next")).isEqualTo(place);
    newLeader.participant().close();

    Contender one = election(next, newNext);
    Contender other = one == next ? newNext : next;
    other.isRefused();
  }

  /** Both ask until one is elected. */
  private static Contender election(Contender one, Contender other) throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SOON.toNanos()) {
      for (Contender each : new Contender[] {one, other}) {
        if (each.campaign() instanceof Elected) {
          return each;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nobody was elected");
  }

  @Test
  void a_heartbeat_into_another_life_of_the_election_proves_nothing() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Contender leader = stands(line.address(), election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    line.hang(Proxy.Way.TO_SERVER);
    deletes(election);
    Contender other = stands(election, "other");
    other.winsAtOnce();
    line.behave();

    for (int question = 0; question < 3; question++) {
      assertThat(leader.candidacy().renew(term, BUDGET)).isInstanceOf(NotElected.class);
    }
  }

  @Test
  void who_resigns_after_its_election_was_made_anew_takes_nothing_from_the_new_leader()
      throws Exception {
    ElectionName election = freshElection();
    Contender leader = stands(election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    leader.keeps(term); // by now it watches
    leader.signals().forget();
    deletes(election);
    Contender other = stands(election, "other");
    Term later = other.winsAtOnce().lease().term();
    other.keeps(later); // as often as the one before
    assertThat(leader.signals().await(SOON)).as("it is told").isTrue();

    leader.resigns(term);

    other.keeps(later);
    assertThat(proposalsOf(election, "other")).isEqualTo(1);
  }

  @Test
  void who_read_an_election_before_its_leader_led_gives_that_one_time_when_it_is_deleted()
      throws Exception {
    ElectionName election = freshElection();
    Contender early = stands(election, "early");
    Contender leader = stands(election, "leader");
    Contender second = stands(election, "second");
    Contender third = stands(election, "third");
    Term term = early.winsAtOnce().lease().term();
    leader.isRefused();
    early.resigns(term);
    second.isRefused();
    third.isRefused(); // it is far behind, and does not look again
    leader.winsAtOnce();

    deletes(election);

    assertThat(third.winsAtOnce().holdOff()).isGreaterThan(TIMEOUT.dividedBy(2));
  }

  @Test
  void a_leader_that_hears_nothing_has_its_whole_lease_when_its_election_is_deleted()
      throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Campaigner leader = campaigns(line.address(), TIMEOUT, election, "leader");
    awaitWork(leader);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);

    line.hang();
    deletes(election);

    awaitWork(next);
    assertThat(leader.stoppedAt()).isPositive().isLessThan(next.startedAt());
  }
}

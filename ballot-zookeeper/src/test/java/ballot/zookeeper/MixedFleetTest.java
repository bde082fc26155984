package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.Term;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Seeds;
import ballot.zookeeper.MixedRounds.Change;
import ballot.zookeeper.MixedRounds.Leaving;
import ballot.zookeeper.foreign.CandidateProcess;
import ballot.zookeeper.foreign.GoInfo;
import ballot.zookeeper.foreign.GoProposal;
import ballot.zookeeper.foreign.Witness.What;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One fleet, some hosts on the Go tool and some on ours. */
class MixedFleetTest extends OnServer {

  /** Beside each other, and so many changes of leadership in each: all ways, both directions. */
  private static final int TRACKS = 4;

  private static final int ROUNDS = 6;

  private static final Duration A_LITTLE = Duration.ofMillis(700);

  @Test
  void never_both_at_once_however_the_leader_leaves() throws Exception {
    MixedRounds.Result result =
        MixedRounds.tracks(
            TRACKS, ROUNDS, server, folder, Seeds.announced("mixed rounds"), System.out);

    assertThat(result.overlaps()).isEmpty();
    assertThat(result.changes()).hasSize(TRACKS * ROUNDS);
    List<Change> oursNext = result.changes().stream().filter(Change::oursNext).toList();
    assertThat(oursNext)
        .extracting(Change::afterBeat)
        .allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(TIMEOUT.minus(server.tick())));
    // Most, since a busy machine stands still for a second now and then.
    Duration latest = TIMEOUT.plus(server.tick()).plus(A_LITTLE);
    assertThat(upperQuartile(oursNext.stream().map(Change::afterEnd).toList()))
        .isLessThanOrEqualTo(latest);
    // A session that lives on is not waited for: nothing but the lease keeps us waiting.
    assertThat(
            upperQuartile(
                oursNext.stream()
                    .filter(change -> change.leaving() == Leaving.GIVE_WAY)
                    .map(Change::afterBeat)
                    .toList()))
        .isLessThanOrEqualTo(latest);
  }

  private static Duration upperQuartile(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() * 3 / 4);
  }

  @Test
  void who_is_refused_knows_whether_the_leader_is_theirs() throws Exception {
    ElectionName election = freshElection();
    Scribe ours = closing(new Scribe(joins(server.address(), TIMEOUT), election, "ours"));
    Scribe next = closing(new Scribe(joins(server.address(), TIMEOUT), election, "next"));
    Term term = ours.wins();
    assertThat(next.candidacy().campaign(BUDGET))
        .isInstanceOfSatisfying(NotElected.class, no -> assertThat(no.foreign()).isFalse());
    next.close();

    CandidateProcess theirs = theirs(election, "theirs", TIMEOUT).stands();
    ours.candidacy().resign(term, BUDGET);
    theirs.leads();

    assertThat(ours.candidacy().campaign(BUDGET))
        .isInstanceOfSatisfying(NotElected.class, no -> assertThat(no.foreign()).isTrue());
  }

  @Test
  void theirs_goes_at_once_when_ours_leaves_in_order() throws Exception {
    ElectionName election = freshElection();
    Campaigner ours = campaigns(server.address(), TIMEOUT, election, "ours");
    awaitWork(ours);
    CandidateProcess theirs = theirs(election, "theirs", TIMEOUT).stands();
    awaitHeartbeats(election, 2);

    ours.giveWay();

    theirs.leads();
    assertThat(between(ours.stoppedAt(), witness.last(What.START, "theirs").at()))
        .isLessThan(TIMEOUT.dividedBy(2));
  }

  @Test
  void a_leader_of_ours_beats_often_enough_for_a_candidate_that_waits_less_long() throws Exception {
    ElectionName election = freshElection();
    Campaigner ours = campaigns(server.address(), Duration.ofSeconds(6), election, "ours");
    awaitWork(ours);

    CandidateProcess theirs = theirs(election, "theirs", Duration.ofSeconds(1)).stands();
    awaitHeartbeats(election, 3);

    // Now theirs is the lowest, and waits no longer than its own timeout after a heartbeat.
    client.delete(proposalOf(election, "ours"));

    theirs.leads();
    Await.until("ours has stopped", SOON, () -> witness.count(What.STOP, "ours") > 0);
    assertThat(witness.overlaps()).isEmpty();
  }

  @Test
  void ours_waits_for_the_longer_of_its_and_their_timeout() throws Exception {
    ElectionName election = freshElection();
    Duration theirTimeout = Duration.ofSeconds(4);
    CandidateProcess theirs = theirs(election, "theirs", theirTimeout).leads();
    Campaigner ours = campaigns(server.address(), Duration.ofSeconds(1), election, "ours");
    awaitWaiting(ours);
    awaitHeartbeats(election, 1);

    theirs.giveWay(); // and cannot clear the lease

    awaitWork(ours);
    assertThat(theirs.said()).contains("could not clear the lease");
    assertThat(between(witness.last(What.BEAT, "theirs").at(), ours.startedAt()))
        .isGreaterThanOrEqualTo(theirTimeout.minus(server.tick()));
  }

  @Test
  void ours_goes_at_once_when_theirs_could_clear_the_lease() throws Exception {
    ElectionName election = freshElection();
    CandidateProcess theirs = theirs(election, "theirs", Duration.ofSeconds(8)).leads();
    Campaigner ours = campaigns(server.address(), TIMEOUT, election, "ours");
    awaitWaiting(ours);

    theirs.giveWay(); // before its first heartbeat

    awaitWork(ours);
    assertThat(between(witness.last(What.STOP, "theirs").at(), ours.startedAt()))
        .isLessThan(Duration.ofSeconds(1).plus(BUSY));
  }

  @Test
  void a_foreign_leader_that_is_frozen_and_comes_back_keeps_its_lease_as_long_as_it_lasts()
      throws Exception {
    ElectionName election = freshElection();
    CandidateProcess theirs = theirs(election, "theirs", TIMEOUT).leads();
    Campaigner ours = campaigns(server.address(), TIMEOUT, election, "ours");
    awaitWaiting(ours);

    theirs.freeze();
    Thread.sleep(TIMEOUT.dividedBy(2));
    theirs.thaw();

    long beats = witness.count(What.BEAT, "theirs");
    Await.until("it beats again", SOON, () -> witness.count(What.BEAT, "theirs") > beats + 2);
    assertThat(ours.isWorking()).isFalse();
  }

  @Test
  void either_ones_info_reads_both() throws Exception {
    ElectionName election = freshElection();
    CandidateProcess theirs = theirs(election, "theirs", TIMEOUT).leads();
    Campaigner ours = campaigns(server.address(), TIMEOUT, election, "ours");
    awaitWaiting(ours);
    theirs(election, "third", TIMEOUT).stands();

    GoInfo underTheirs = GoInfo.of(client, base(election));
    Roster seenUnderTheirs = joins(server.address(), TIMEOUT).observe(election, BUDGET);

    assertThat(Objects.requireNonNull(underTheirs.leader()).candidateId()).isEqualTo("theirs");
    assertThat(underTheirs.line()).containsExactly("theirs", "ours", "third");
    assertThat(seenUnderTheirs.leader()).get().extracting(Roster.Entry::id).isEqualTo("theirs");
    assertThat(seenUnderTheirs.candidates())
        .extracting(Roster.Entry::id)
        .containsExactly("theirs", "ours", "third");

    theirs.giveWay();
    awaitWork(ours);
    theirs.stands();
    Await.until(
        "theirs stands again", SOON, () -> GoInfo.of(client, base(election)).line().size() == 3);
    GoInfo underOurs = GoInfo.of(client, base(election));
    Roster seenUnderOurs = joins(server.address(), TIMEOUT).observe(election, BUDGET);

    GoProposal leader = Objects.requireNonNull(underOurs.leader());
    assertThat(leader.candidateId()).isEqualTo("ours");
    assertThat(leader.hostname()).isEqualTo("test-host");
    assertThat(leader.pid()).isEqualTo("" + ProcessHandle.current().pid());
    assertThat(leader.sessionTimeout()).isEqualTo(TIMEOUT);
    assertThat(leader.lastSeenTime()).isNotNull();
    assertThat(client.exists(leader.proposalNode())).isTrue();
    assertThat(underOurs.line()).containsExactly("ours", "third", "theirs");
    assertThat(seenUnderOurs.leader()).get().extracting(Roster.Entry::id).isEqualTo("ours");
    assertThat(seenUnderOurs.candidates())
        .extracting(Roster.Entry::id)
        .containsExactly("ours", "third", "theirs");
  }

  @Test
  void a_lease_and_a_child_that_nobody_can_read_stop_neither_the_election_nor_info()
      throws Exception {
    ElectionName election = freshElection();
    client.create(base(election), "not JSON \u0000");
    client.create(base(election) + "/zzz-stranger", "{\"candidateId\": [1,");

    long start = System.nanoTime();
    Campaigner ours = campaigns(server.address(), TIMEOUT, election, "ours");
    Roster roster = joins(server.address(), TIMEOUT).observe(election, BUDGET);

    assertThat(roster.candidates()).isNotEmpty();
    awaitWork(ours);
    // Who wrote the lease may be at work.
    assertThat(between(start, ours.startedAt())).isGreaterThanOrEqualTo(TIMEOUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not JSON"})
  void a_lease_that_a_stranger_overwrites_makes_no_second_leader(String text) throws Exception {
    ElectionName election = freshElection();
    Campaigner ours = campaigns(election, "ours");
    awaitWork(ours);
    Campaigner next = campaigns(election, "next");
    awaitWaiting(next);
    theirs(election, "theirs", TIMEOUT).stands();

    client.write(base(election), text);

    Await.until("its leadership is over", SOON, () -> witness.count(What.STOP, "ours") > 0);
    Await.until("somebody leads", SOON, () -> !witness.runs().isEmpty());
  }

  private CandidateProcess theirs(ElectionName election, String id, Duration timeout) {
    return closing(CandidateProcess.go(server.address(), base(election), timeout, id, folder));
  }

  private void awaitHeartbeats(ElectionName election, int count) {
    int version = client.stat(base(election)).getVersion();
    Await.until(
        "heartbeats", SOON, () -> client.stat(base(election)).getVersion() >= version + count);
  }
}

package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.Participant;
import ballot.zookeeper.servers.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Requests that took effect and whose answer was lost: what became of them is found out, never
 * assumed, and nothing is done twice.
 */
class LostAnswersTest extends OnServer {

  private static final Duration PATIENT = Duration.ofSeconds(8);

  /** A process behind a bad line. */
  private record BehindLine(Proxy line, ElectionStore store) implements Participant {

    @Override
    public void fallSilent() {
      line.hang();
    }

    @Override
    public void cutOff() {
      line.hang();
    }

    @Override
    public void reconnect() {
      line.behave();
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /** A question. */
  private interface Question {
    void put() throws StoreException;
  }

  private Contender stands(ElectionName election, String id) throws Exception {
    Proxy line = proxy();
    BehindLine process = new BehindLine(line, joins(line.address(), PATIENT));
    return closing(new Contender(process, election, id, BUDGET));
  }

  private static Proxy line(Contender contender) {
    return ((BehindLine) contender.participant()).line();
  }

  /** Asks until there is an answer: that there was none is the only failure allowed. */
  private static void insist(Question question) throws StoreException {
    long start = System.nanoTime();
    while (true) {
      try {
        question.put();
        return;
      } catch (UnavailableException nobodyKnows) {
        if (System.nanoTime() - start > SOON.toNanos()) {
          throw nobodyKnows;
        }
      }
    }
  }

  private static void loses(Contender contender, int answers, Question question)
      throws StoreException {
    line(contender).loseAnswersToChanges(answers);
    insist(question);
    assertThat(line(contender).hasLostAll()).as("the answers were lost").isTrue();
  }

  @Test
  void a_proposal_whose_answer_was_lost_is_found_and_not_made_twice() throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender next = stands(election, "next");

    loses(next, 1, next::isRefused);

    assertThat(proposalsOf(election, "next")).isEqualTo(1);
    holder.resigns(term);
    next.winsWithin(SOON);
  }

  @Test
  void parents_a_proposal_and_a_claim_whose_answers_were_lost_make_one_leader() throws Exception {
    ElectionName election = freshElection();
    Contender candidate = stands(election, "candidate");

    loses(candidate, 4, candidate::winsAtOnce);

    assertThat(proposalsOf(election, "candidate")).isEqualTo(1);
    assertThat(client.text(base(election))).contains("\"candidate\"");
  }

  @Test
  void a_claim_whose_answer_was_lost_is_found_with_the_term_of_its_write() throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender next = stands(election, "next");
    next.isRefused();
    holder.resigns(term);

    line(next).loseAnswersToChanges(1);
    Term claimed = claims(next, election);

    insist(() -> assertThat(next.winsAtOnce().lease().term()).isEqualTo(claimed));
    next.keeps(claimed);
    next.keeps(claimed);
  }

  /** Campaigns until its claim is there; the term is what the server says, if it can be asked. */
  private Term claims(Contender contender, ElectionName election) throws StoreException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < SOON.toNanos()) {
      try {
        if (contender.campaign() instanceof Elected settledBetween) {
          return settledBetween.lease().term();
        }
      } catch (UnavailableException nobodyKnows) {
        if (line(contender).hasLostAll()) {
          return new Term(client.stat(base(election)).getMzxid());
        }
      }
    }
    throw new AssertionError(contender + " did not claim");
  }

  @Test
  void a_heartbeat_whose_answer_was_lost_does_not_poison_the_next() throws Exception {
    ElectionName election = freshElection();
    Contender leader = stands(election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    for (int round = 0; round < 3; round++) {
      loses(leader, 1, () -> leader.keeps(term));
      leader.keeps(term);
    }
  }

  @Test
  void a_heartbeat_that_never_arrived_does_not_poison_the_next() throws Exception {
    ElectionName election = freshElection();
    Contender leader = stands(election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    line(leader).drop(Proxy.Way.TO_SERVER);
    try {
      leader.candidacy().renew(term, Duration.ofMillis(300));
      throw new AssertionError("nobody can have answered");
    } catch (UnavailableException asItShould) {
      line(leader).behave();
      line(leader).cut();
    }

    insist(() -> leader.keeps(term));
    leader.keeps(term);
  }

  @Test
  void a_resignation_whose_answer_was_lost_frees_the_election_once() throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender next = stands(election, "next");
    next.isRefused();

    loses(holder, 1, () -> holder.resigns(term));

    Term later = next.winsWithin(SOON).lease().term();
    assertThat(later).isGreaterThan(term);
    insist(() -> holder.resigns(term));
    insist(() -> holder.keepsNoMore(term));
    insist(holder::isRefused);
    next.keeps(later);
    assertThat(proposalsOf(election, "holder")).isEqualTo(1);
  }

  @Test
  void a_proposal_whose_answer_was_lost_is_taken_away_when_its_candidate_has_left()
      throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender stays = stands(freshElection(), "stays");
    Term other = stays.winsAtOnce().lease().term();
    Contender leaver = new Contender(stays.participant(), election, "leaver", BUDGET);

    line(leaver).loseAnswersToChanges(1);
    assertThatThrownBy(leaver::campaign).isInstanceOf(UnavailableException.class);
    leaver.close();

    assertThat(line(leaver).hasLostAll()).isTrue();
    insist(() -> stays.keeps(other)); // over the same session
    Await.until("its place is gone", SOON, () -> proposalsOf(election, "leaver") == 0);
    holder.resigns(term);
    holder.winsAtOnce();
  }

  @Test
  void a_resignation_whose_answer_was_lost_and_that_has_a_successor_is_followed_by_a_new_place()
      throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender next = stands(election, "next");
    next.isRefused();

    line(holder).loseAnswersToChanges(1);
    assertThatThrownBy(() -> holder.resigns(term)).isInstanceOf(UnavailableException.class);
    next.winsWithin(SOON);

    insist(() -> holder.resigns(term));
    insist(holder::isRefused);
    assertThat(proposalsOf(election, "holder")).isEqualTo(1);
  }
}

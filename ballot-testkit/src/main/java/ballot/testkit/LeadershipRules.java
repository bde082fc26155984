package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Lease;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** B1 to B6: winning, being refused, renewing and resigning. */
abstract class LeadershipRules extends Ground {

  @Test
  void B1_a_free_election_is_won_by_the_first_to_ask() throws StoreException {
    Elected elected = stands(freshElection(), "first").winsAtOnce();

    assertThat(elected.lease().term().number()).isPositive();
    assertThat(elected.lease().isBounded()).isEqualTo(validityIsBounded());
  }

  @Test
  void B1_of_many_who_ask_at_once_exactly_one_wins() throws Exception {
    ElectionName election = freshElection();
    CountDownLatch start = new CountDownLatch(1);
    List<Callable<Verdict>> questions = new ArrayList<>();
    for (int number = 0; number < 6; number++) {
      Contender contender = stands(election, "candidate-" + number);
      questions.add(
          () -> {
            start.await();
            return contender.campaign();
          });
    }

    List<Verdict> verdicts = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Verdict>> answers = questions.stream().map(threads::submit).toList();
      start.countDown();
      for (Future<Verdict> answer : answers) {
        verdicts.add(answer.get());
      }
    }

    assertThat(verdicts).filteredOn(Elected.class::isInstance).hasSize(1);
  }

  @Test
  void B2_a_held_election_is_refused_and_the_holder_named() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    holder.winsAtOnce();

    NotElected refused = stands(election, "other").isRefused();

    assertThat(refused.because()).isNotBlank();
    if (namesTheHolder()) {
      assertThat(refused.holder().map(Candidate::address)).contains(holder.candidate().address());
    }
  }

  @Test
  void B2_being_refused_again_and_again_does_not_disturb_the_holder() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender other = stands(election, "other");

    for (int question = 0; question < 20; question++) {
      other.isRefused();
      holder.keeps(term);
    }
  }

  @Test
  void B3_the_holder_renews_and_keeps_its_term() throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    Elected won = holder.winsAtOnce();

    for (int renewal = 0; renewal < 5; renewal++) {
      Elected renewed = holder.keeps(won.lease().term());
      assertThat(renewed.lease().isBounded()).isEqualTo(validityIsBounded());
      assertThat(renewed.holdOff()).isZero();
    }
  }

  @Test
  void B3_a_holder_that_asks_to_lead_gets_the_term_that_it_has() throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    Term term = holder.winsAtOnce().lease().term();

    assertThat(holder.winsAtOnce().lease().term()).isEqualTo(term);
    holder.keeps(term);
  }

  @Test
  void B3_the_nominal_validity_tells_whether_leases_run_out() {
    Duration nominal = joins().store().nominalValidity();

    assertThat(nominal.compareTo(Lease.UNBOUNDED) < 0).isEqualTo(validityIsBounded());
    assertThat(nominal).isPositive();
  }

  @Test
  void B4_every_win_has_a_higher_term_whoever_wins() throws StoreException {
    ElectionName election = freshElection();
    Contender one = stands(election, "one");
    Contender two = stands(election, "two");
    List<Term> terms = new ArrayList<>();

    for (Contender winner : List.of(one, one, two, one, two, two, one)) {
      Term term = winner.winsWithin(afterResigning()).lease().term();
      winner.resigns(term);
      terms.add(term);
    }

    assertThat(terms).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void B4_terms_go_on_growing_when_everybody_has_left_and_comes_back() throws StoreException {
    ElectionName election = freshElection();
    List<Term> terms = new ArrayList<>();

    for (int visit = 0; visit < 3; visit++) {
      Contender visitor = stands(election, "visitor-" + visit);
      Term term = visitor.winsWithin(afterResigning()).lease().term();
      visitor.resigns(term);
      visitor.close();
      visitor.participant().close();
      terms.add(term);
    }

    assertThat(terms).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void B5_resigning_frees_the_election_within_the_stated_delay() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    Term term = holder.winsAtOnce().lease().term();
    other.isRefused();

    holder.resigns(term);

    other.winsWithin(afterResigning());
    holder.keepsNoMore(term);
  }

  @Test
  void B5_who_waits_is_told_when_the_election_becomes_free() throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    Term term = holder.winsAtOnce().lease().term();
    other.isRefused();
    Await.until("no signal without a cause", SLACK, () -> quiet(other));

    holder.resigns(term);

    boolean told = other.signals().await(afterResigning());
    assertThat(told || !signalsChange()).isTrue();
  }

  private static boolean quiet(Contender contender) throws InterruptedException {
    return !contender.signals().await(Duration.ofMillis(50));
  }

  @Test
  void B5_who_resigned_stands_behind_those_who_wait() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    for (int round = 0; round < 5; round++) {
      Term term = holder.winsWithin(afterResigning()).lease().term();
      other.isRefused();

      holder.resigns(term);
      boolean again = holder.campaign() instanceof Elected;

      assertThat(again && keepsALine()).isFalse();
      other.resigns(other.winsWithin(afterResigning()).lease().term());
    }
  }

  @Test
  void B5_resigning_twice_is_as_good_as_once() throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    Term term = holder.winsAtOnce().lease().term();

    holder.resigns(term);
    holder.resigns(term);

    holder.winsWithin(afterResigning());
  }

  @Test
  void B6_an_old_term_of_another_changes_nothing() throws StoreException {
    ElectionName election = freshElection();
    Contender old = stands(election, "old");
    Term oldTerm = old.winsAtOnce().lease().term();
    old.resigns(oldTerm);
    Contender holder = stands(election, "holder");
    Term term = holder.winsWithin(afterResigning()).lease().term();

    old.keepsNoMore(oldTerm);
    old.resigns(oldTerm);
    old.resigns(term);

    holder.keeps(term);
    old.isRefused();
  }

  @Test
  void B6_an_old_term_of_its_own_changes_nothing() throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    Term oldTerm = holder.winsAtOnce().lease().term();
    holder.resigns(oldTerm);
    Term term = holder.winsWithin(afterResigning()).lease().term();

    holder.keepsNoMore(oldTerm);
    holder.resigns(oldTerm);
    holder.resigns(new Term(term.number() + 1));

    holder.keeps(term);
  }
}

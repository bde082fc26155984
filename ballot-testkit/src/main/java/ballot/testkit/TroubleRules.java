package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.Lease;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** B7 to B9: a silent holder, a silent store, settings that cannot work. */
abstract class TroubleRules extends LeadershipRules {

  private static final Duration SHORT = Duration.ofMillis(500);

  /** How long a living holder is watched to keep what does not run out. */
  private static final Duration LONG_SILENCE = Duration.ofSeconds(3);

  @Test
  void B7_a_holder_that_falls_silent_keeps_the_election_for_its_validity_and_then_loses_it()
      throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    Term term = holder.winsAtOnce().lease().term();
    other.isRefused();
    long asked = System.nanoTime();
    Lease lease = holder.keeps(term).lease();
    holder.participant().fallSilent();

    if (validityIsBounded()) {
      Term next = other.winsWithin(afterSilence()).lease().term();
      Duration after = Duration.ofNanos(System.nanoTime() - asked);
      assertThat(after).isGreaterThanOrEqualTo(lease.validFor());
      assertThat(next).isGreaterThan(term);
    } else {
      Await.always("the living keeps it", LONG_SILENCE, () -> other.isRefused() != null);
      holder.keeps(term);
    }
  }

  @Test
  void B7_a_holder_that_closes_without_resigning_loses_the_election_within_the_bound()
      throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Contender other = stands(election, "other");
    Term term = holder.winsAtOnce().lease().term();
    other.isRefused();

    holder.close();
    holder.participant().close();

    assertThat(other.winsWithin(afterSilence()).lease().term()).isGreaterThan(term);
  }

  @Test
  void B8_no_answer_to_a_candidate_is_unavailable_within_the_budget() throws StoreException {
    Contender lonely = stands(freshElection(), "lonely");
    lonely.participant().cutOff();

    isUnavailableWithin(SHORT, () -> lonely.candidacy().campaign(SHORT));
    isUnavailableWithin(SHORT, () -> lonely.candidacy().campaign(SHORT));

    lonely.participant().reconnect();
    lonely.winsWithin(afterSilence());
  }

  @Test
  void B8_no_answer_to_a_holder_is_unavailable_within_the_budget() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    holder.participant().cutOff();

    isUnavailableWithin(SHORT, () -> holder.candidacy().renew(term, SHORT));
    isUnavailableWithin(SHORT, () -> holder.candidacy().resign(term, SHORT));

    holder.participant().reconnect();
    holder.resigns(term);
    stands(election, "other").winsWithin(afterSilence());
  }

  @Test
  void B8_no_answer_to_an_onlooker_is_unavailable_within_the_budget() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Participant onlooker = joins();
    onlooker.cutOff();

    isUnavailableWithin(SHORT, () -> onlooker.store().observe(election, SHORT));

    onlooker.reconnect();
    holder.keeps(term);
    Await.until(
        "the leader is seen again",
        budget(),
        () -> onlooker.store().observe(election, budget()).leader().isPresent());
  }

  @TestFactory
  List<DynamicTest> B9_bad_settings_are_rejected_and_the_setting_is_named() throws Exception {
    List<BadSettings> cases = badSettings();
    assertThat(cases).as("a backend has settings that can be wrong").isNotEmpty();
    return cases.stream()
        .map(bad -> DynamicTest.dynamicTest(bad.what(), () -> isRejected(bad)))
        .toList();
  }

  private void isRejected(BadSettings bad) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(
            () -> {
              try (var store = backend().open(bad.values());
                  var candidacy =
                      store.stand(freshElection(), Contender.candidate("bad"), new Signals())) {
                candidacy.campaign(budget());
              }
            })
        .satisfies(
            rejected -> {
              assertThat(rejected.setting()).contains(bad.blamed());
              assertThat(rejected).message().isNotBlank().doesNotContain("\n");
            });
  }

  static void isUnavailableWithin(Duration budget, ThrowingCallable question) {
    long start = System.nanoTime();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(question)
        .satisfies(unavailable -> assertThat(unavailable).message().isNotBlank());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isLessThan(budget.plus(SLACK));
  }
}

package ballot.engine.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.engine.agenda.AgendaRules.CatchUp;
import ballot.engine.agenda.AgendaRules.Concurrency;
import ballot.engine.agenda.AgendaRules.OnUnknown;
import ballot.engine.core.Event.Outcome;
import ballot.engine.core.Rules.Reaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each policy, seen from outside: minutely ticks, seconds after midnight. */
class PolicyTest {

  private static final int SIGTERM = 15;

  @Test
  void runs_each_tick_once() {
    Stage stage = Stage.first(Asked.nothing()).at(59.9);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.at(60).did()).containsExactly("start 1 for 60");
    assertThat(stage.ran(1, 0).at(119).did()).isEmpty();
    assertThat(stage.at(120).did()).containsExactly("start 2 for 120");
    assertThat(stage.ran(2, 3).page()).containsExactly("60 SUCCEEDED", "120 FAILED");
  }

  @Test
  void makes_ready_for_each_tick_half_a_second_before() {
    Stage stage = Stage.first(Asked.nothing()).at(59.49);
    assertThat(stage.ready()).isZero();
    assertThat(stage.at(59.51).ready()).isEqualTo(1);
    assertThat(stage.at(60).ran(1, 0).at(119).ready()).isEqualTo(1);
    assertThat(stage.at(120).ready()).isEqualTo(2);
  }

  @Test
  void skips_a_tick_that_is_due_during_a_run() {
    Stage stage = Stage.first(Asked.nothing()).at(60).started(1).at(200).ended(1, 0).at(240);
    assertThat(stage.did()).containsExactly("start 1 for 60", "start 2 for 240");
    assertThat(stage.page()).contains("120 to 180: the run before was still going on");
  }

  @Test
  void queues_ticks_that_are_due_during_a_run() {
    Stage stage = Stage.first(Asked.nothing().concurrency(Concurrency.QUEUE)).at(60).started(1);
    stage.at(200).did();
    assertThat(stage.ended(1, 0).did()).containsExactly("start 2 for 120");
    assertThat(stage.ran(2, 0).did()).containsExactly("start 3 for 180");
    assertThat(stage.ran(3, 0).did()).isEmpty();
  }

  @Test
  void replaces_a_run_by_the_next() {
    Stage stage = Stage.first(Asked.nothing().concurrency(Concurrency.REPLACE)).at(60).started(1);
    assertThat(stage.at(129.9).did()).containsExactly("start 1 for 60", "stop 1");
    assertThat(stage.at(130).did()).containsExactly("kill 1");
    assertThat(stage.ended(1, 137).did()).containsExactly("start 2 for 120");
    assertThat(stage.page()).contains("60 REPLACED");
  }

  @Test
  void a_run_that_is_replaced_before_it_has_begun_is_no_failure() {
    Asked asked = Asked.nothing().concurrency(Concurrency.REPLACE).onError(Reaction.EXIT);
    Stage stage = Stage.first(asked).at(120);
    Outcome killed = new Outcome(143, "");
    stage.hear(new AgendaEvent.Ended(1, killed, false));
    assertThat(stage.did()).containsExactly("start 1 for 60", "stop 1", "start 2 for 120");
    assertThat(stage.page()).contains("60 REPLACED");
  }

  @Test
  void runs_ticks_beside_each_other_up_to_a_limit() {
    Stage stage = Stage.first(Asked.nothing().concurrency(Concurrency.ALLOW)).at(60 * 52);
    assertThat(stage.did()).hasSize(AgendaRules.MOST_BESIDE).contains("start 50 for 3000");
    assertThat(stage.page()).contains("3060 to 3120: 50 runs were still going on");
  }

  @Test
  void ends_a_run_that_takes_too_long_and_goes_on_with_the_next_tick() {
    Stage stage = Stage.first(Asked.nothing().deadline(20)).at(62).started(1);
    assertThat(stage.at(82).did()).containsExactly("start 1 for 60", "stop 1");
    assertThat(stage.at(92).did()).containsExactly("kill 1");
    assertThat(stage.ended(1, 137).page()).containsExactly("60 OVERDUE");
    assertThat(stage.at(120).did()).containsExactly("start 2 for 120");
  }

  @Test
  void does_not_start_later_than_asked() {
    Asked asked = Asked.nothing().concurrency(Concurrency.QUEUE).startDeadline(30);
    Stage stage = Stage.first(asked).at(60).started(1).at(200);
    stage.did();
    assertThat(stage.ended(1, 0).did()).containsExactly("start 2 for 180");
    assertThat(stage.page()).contains("120 to 120: it could not start within 30s");
  }

  @Test
  void a_claim_that_is_answered_too_late_is_given_up() {
    Stage stage = Stage.first(Asked.nothing().startDeadline(5)).silent(true).at(66);
    assertThat(stage.silent(false).at(70).did()).isEmpty();
    assertThat(stage.page()).containsExactly("60 to 60: it could not start within 5s");
  }

  @Test
  void nothing_is_run_while_the_ledger_is_silent() {
    Stage stage = Stage.first(Asked.nothing()).silent(true).at(200);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.silent(false).at(203).did()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void does_what_is_asked_after_a_success(Reaction reaction) {
    Stage stage = Stage.first(Asked.nothing().onSuccess(reaction)).at(60).ran(1, 0);
    switch (reaction) {
      case RERUN -> assertThat(stage.at(61).did()).contains("start 2 for 60");
      case REELECT, EXIT -> assertThat(stage.did()).containsExactly("start 1 for 60", "finish 0");
      case IGNORE -> assertThat(stage.at(119).did()).containsExactly("start 1 for 60");
    }
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void does_what_is_asked_after_an_error(Reaction reaction) {
    Stage stage = Stage.first(Asked.nothing().onError(reaction)).at(60).ran(1, 3);
    switch (reaction) {
      case RERUN -> {
        assertThat(stage.at(61).ran(2, 3).did()).contains("start 2 for 60");
        assertThat(stage.at(62.9).did()).isEmpty();
        assertThat(stage.at(63).did()).contains("start 3 for 60");
      }
      case REELECT, EXIT -> assertThat(stage.did()).containsExactly("start 1 for 60", "finish 3");
      case IGNORE -> assertThat(stage.at(119).did()).containsExactly("start 1 for 60");
    }
  }

  @Test
  void the_next_tick_ends_the_repetitions_of_the_last() {
    Stage stage = Stage.first(Asked.nothing().onError(Reaction.RERUN)).at(60).ran(1, 3).at(61);
    stage.started(2).at(119.5).ended(2, 3).did();
    assertThat(stage.at(120).ran(3, 0).at(170).did()).containsExactly("start 3 for 120");
  }

  @Test
  void an_unknown_tick_stays_unknown() {
    Stage stage = Stage.next(Asked.nothing(), Stage.decided(60, Stage.claimed(60)), 70).at(119);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.page()).containsExactly("60 UNKNOWN");
  }

  @Test
  void an_unknown_tick_is_run_again_if_that_is_asked() {
    Asked asked = Asked.nothing().onUnknown(OnUnknown.RERUN);
    Stage stage = Stage.next(asked, Stage.decided(60, Stage.claimed(60)), 70).ran(1, 0).at(119);
    assertThat(stage.did()).containsExactly("start 1 for 60");
    assertThat(stage.page()).containsExactly("60 UNKNOWN", "60 SUCCEEDED");
  }

  @Test
  void an_unknown_tick_that_is_too_late_to_be_run_again_stays_unknown() {
    Asked asked = Asked.nothing().onUnknown(OnUnknown.RERUN).startDeadline(5);
    Stage stage = Stage.next(asked, Stage.decided(60, Stage.claimed(60)), 70).at(80);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.page()).containsExactly("60 UNKNOWN");
  }

  @Test
  void a_run_that_had_begun_is_abandoned_even_if_unknown_ones_are_run_again() {
    Entry.Run begun = Stage.claimed(60).startedAt(Stage.second(60));
    Asked asked = Asked.nothing().onUnknown(OnUnknown.RERUN);
    Stage stage = Stage.next(asked, Stage.decided(60, begun), 70).at(119);
    assertThat(stage.did()).isEmpty();
    assertThat(stage.page()).containsExactly("60 ABANDONED");
  }

  @Test
  void what_nobody_ran_is_named_made_up_for_or_both() {
    Book page = Stage.decided(60);
    assertThat(Stage.next(Asked.nothing(), page, 200).page())
        .containsExactly("120 to 180: nobody led when it was due");
    Stage last = Stage.next(Asked.nothing().catchUp(CatchUp.LAST), page, 200);
    assertThat(last.did()).containsExactly("start 1 for 180");
    assertThat(last.page()).contains("120 to 120: only the latest is caught up with");
    Stage all = Stage.next(Asked.nothing().catchUp(CatchUp.ALL), page, 200).ran(1, 0).ran(2, 0);
    assertThat(all.did()).containsExactly("start 1 for 120", "start 2 for 180");
  }

  @Test
  void a_tick_that_is_due_while_another_is_made_up_for_is_run_after_it() {
    Asked asked = Asked.nothing().catchUp(CatchUp.ALL);
    Stage stage = Stage.next(asked, Stage.decided(60), 179).started(1).at(180.5);
    assertThat(stage.ended(1, 0).did()).containsExactly("start 1 for 120", "start 2 for 180");
  }

  @Test
  void a_tick_is_not_left_out_for_a_run_that_has_come_too_late_to_begin() {
    Asked asked = Asked.nothing().catchUp(CatchUp.ALL);
    Stage stage = Stage.next(asked, Stage.decided(60), 100).at(120).at(180.5).ran(1, 0);
    assertThat(stage.did()).containsExactly("start 1 for 120", "start 2 for 180");
  }

  @Test
  void a_tick_that_is_due_while_an_inherited_one_is_run_is_run_after_it() {
    Asked asked = Asked.nothing().catchUp(CatchUp.ALL);
    Stage stage = Stage.next(asked, Stage.decided(60), 120).started(1).at(180.5);
    assertThat(stage.ended(1, 0).did()).containsExactly("start 1 for 120", "start 2 for 180");
  }

  @Test
  void a_tick_that_is_due_while_one_is_run_in_time_is_left_out_though_all_is_made_up_for() {
    Asked asked = Asked.nothing().catchUp(CatchUp.ALL);
    Stage stage = Stage.next(asked, Stage.decided(60), 100).at(120).started(1).at(180.5);
    assertThat(stage.ended(1, 0).did()).containsExactly("start 1 for 120");
    assertThat(stage.page()).contains("180 to 180: the run before was still going on");
  }

  @Test
  void no_more_than_a_hundred_ticks_are_made_up_for() {
    Asked asked = Asked.nothing().catchUp(CatchUp.ALL);
    Stage stage = Stage.next(asked, Stage.decided(0), 60 * 150 + 1);
    for (int run = 1; run <= 100; run++) {
      assertThat(stage.did()).containsExactly("start " + run + " for " + 60 * (50 + run));
      stage.ran(run, 0);
    }
    assertThat(stage.did()).isEmpty();
  }

  @Test
  void ends_what_runs_and_says_its_last_word() {
    Stage stage = Stage.first(Asked.nothing()).at(60).started(1);
    stage.hear(new AgendaEvent.Stop(SIGTERM)).hear(new AgendaEvent.Kill()).ended(1, 143);
    assertThat(stage.did()).containsExactly("start 1 for 60", "stop 1", "kill 1", "finish 143");
  }

  @Test
  void the_last_word_is_not_waited_for_when_there_is_no_time() {
    Stage stage = Stage.first(Asked.nothing()).at(60).started(1).silent(true);
    stage.hear(new AgendaEvent.Stop(SIGTERM)).ended(1, 143);
    assertThat(stage.did()).containsExactly("start 1 for 60", "stop 1");
    assertThat(stage.at(61.1).did()).containsExactly("finish 143");
    assertThat(stage.page()).containsExactly("60 RUNNING");
  }
}

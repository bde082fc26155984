package ballot.engine.agenda;

import static ballot.engine.agenda.AgendaRules.Concurrency.ALLOW;
import static ballot.engine.agenda.Entry.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Term;
import ballot.engine.core.Rules.Reaction;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BookTest {

  @Test
  void a_changed_schedule_begins_a_new_series() {
    Book old = new Book("0 * * * *", Stage.second(-7_200), List.of(Stage.claimed(-7_200)));
    Stage stage = Stage.next(Asked.nothing().catchUp(AgendaRules.CatchUp.ALL), old, 30);
    assertThat(stage.book().series()).isEqualTo(Stage.MINUTELY.identity());
    assertThat(stage.book().decidedUntil()).isEqualTo(Stage.second(30));
    assertThat(stage.page()).containsExactly("-7200 UNKNOWN");
    assertThat(stage.at(60).did()).containsExactly("start 1 for 60");
  }

  @Test
  void nothing_of_an_old_series_is_run_again() {
    Book old = new Book("0 * * * *", Stage.second(0), List.of(Stage.claimed(0)));
    Asked asked = Asked.nothing().onUnknown(AgendaRules.OnUnknown.RERUN);
    assertThat(Stage.next(asked, old, 30).at(59).did()).isEmpty();
  }

  @Test
  void only_the_latest_entries_are_kept_and_all_that_are_open() {
    Book book = Stage.decided(0, Stage.claimed(0));
    for (int tick = 1; tick <= 300; tick++) {
      Entry.Run run = Stage.claimed(tick);
      book = book.with(run).with(run.left(Entry.Outcome.SUCCEEDED));
    }
    assertThat(book.entries()).hasSize(Book.MOST_ENTRIES);
    assertThat(book.runs().getFirst()).isEqualTo(Stage.claimed(0));
    assertThat(book.runs().getLast().tick()).isEqualTo(Stage.second(300));
  }

  @Test
  void neighbours_that_are_not_run_for_one_reason_are_one_line() {
    Book book = Stage.decided(0);
    for (int tick = 60; tick <= 240; tick += 60) {
      String reason = tick < 240 ? "too late" : "in the way";
      book =
          book.with(List.of(Entry.NotRun.one(Stage.second(tick), reason)))
              .decided(Stage.second(tick));
    }
    assertThat(book.entries())
        .containsExactly(
            new Entry.NotRun(Stage.second(60), Stage.second(180), 3, "too late"),
            new Entry.NotRun(Stage.second(240), Stage.second(240), 1, "in the way"));
  }

  @Test
  void what_was_run_without_leadership_is_written_once_there_is_one() {
    Stage stage = Stage.alone(Asked.nothing(), Stage.decided(0), 1).at(60).ran(1, 0);
    assertThat(stage.page()).isEmpty();
    stage.hear(new AgendaEvent.Elected(new Term(8))).at(120);
    assertThat(stage.did()).containsExactly("start 1 for 60", "start 2 for 120");
    assertThat(stage.page()).containsExactly("60 SUCCEEDED", "120 CLAIMED");
  }

  @Test
  void what_was_due_before_a_run_without_leadership_is_named() {
    Stage stage = Stage.alone(Asked.nothing(), Stage.decided(0), 150).at(180).ran(1, 0);
    stage.hear(new AgendaEvent.Elected(new Term(8)));
    assertThat(stage.page())
        .containsExactly("60 to 120: nobody led when it was due", "180 SUCCEEDED");
  }

  @Test
  void nothing_is_lost_to_who_had_no_leadership_and_nothing_to_run() {
    Asked asked = Asked.nothing().catchUp(AgendaRules.CatchUp.ALL);
    Stage stage = Stage.alone(asked, Stage.decided(0), 150).at(170);
    stage.hear(new AgendaEvent.Elected(new Term(8))).ran(1, 0).ran(2, 0);
    assertThat(stage.did()).containsExactly("start 1 for 60", "start 2 for 120");
  }

  @Test
  void what_ran_without_leadership_is_not_run_again_under_a_term() {
    Asked asked = Asked.nothing().onError(Reaction.RERUN);
    Stage stage = Stage.alone(asked, Stage.decided(0), 1).at(60).started(1);
    stage.hear(new AgendaEvent.Elected(new Term(8))).ended(1, 3).at(100);
    assertThat(stage.did()).containsExactly("start 1 for 60");
  }

  @Test
  void what_others_decided_stands_whatever_was_passed_over_without_leadership() {
    Asked asked = Asked.nothing().startDeadline(5).concurrency(AgendaRules.Concurrency.QUEUE);
    Entry.Run theirs = Stage.claimed(120).endedAt(Stage.second(130), SUCCEEDED, OptionalInt.of(0));
    Stage stage = Stage.alone(asked, Stage.decided(150, theirs), 1).at(60).started(1);
    stage.at(200).ended(1, 0).hear(new AgendaEvent.Elected(new Term(8)));
    assertThat(stage.page())
        .containsExactly(
            "120 SUCCEEDED", "60 SUCCEEDED", "180 to 180: it could not start within 5s");
  }

  @Test
  void who_is_about_to_leave_when_it_gets_its_term_writes_while_the_last_run_goes_on() {
    Asked asked = Asked.nothing().concurrency(ALLOW).onSuccess(Reaction.EXIT);
    Stage stage = Stage.alone(asked, Stage.decided(0), 1).at(60).started(1).at(120).ran(2, 0);
    stage.hear(new AgendaEvent.Elected(new Term(8)));
    assertThat(stage.page()).containsExactly("60 RUNNING", "120 SUCCEEDED");
    assertThat(stage.at(400).ended(1, 0).did()).contains("finish 0").hasSize(3);
  }
}

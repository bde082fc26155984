package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stories do not show well: tables, and what must not matter. */
class ElectionMachineTest {

  private static final Moment START = new Moment(0);
  private static final Answer ELECTED =
      new Answer.Ruled(Verdict.Elected.atOnce(new Lease(new Term(7), Duration.ofSeconds(100))));

  private static Moment at(double seconds) {
    return START.plus(Duration.ofNanos((long) (seconds * 1e9)));
  }

  private static Step leading(ElectionMachine machine) {
    Step first = machine.step(machine.begin(START), new Event.Tick(), START);
    return machine.step(first.next(), new Event.Answered(1, ELECTED), at(0.01));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # reaction | status | state     | status at the end
          rerun      | 0      | Leading   |
          rerun      | 7      | Leading   |
          reelect    | 0      | Standing  |
          reelect    | 7      | Standing  |
          exit       | 0      | Retired   | 0
          exit       | 7      | Retired   | 7
          exit       | 143    | Retired   | 143
          ignore     | 0      | Retired   | 0
          ignore     | 7      | Retired   | 0
          ignore     | 127    | Retired   | 0
          """)
  void reacts_to_the_end_of_work(String reaction, int status, String state, Integer end) {
    String which = status == 0 ? "on-success=" : "on-error=";
    String other = status == 0 ? " on-error=ignore" : " on-success=ignore";
    ElectionMachine machine = new ElectionMachine(RulesText.read(which + reaction + other), 1);
    Step ended =
        machine.step(
            leading(machine).next(), new Event.WorkEnded(1, new Event.Outcome(status, "")), at(1));
    Step last = ended;
    if (ended.next().state() instanceof State.Resigning) {
      last = machine.step(ended.next(), new Event.Answered(2, new Answer.GivenBack()), at(1.01));
    }
    assertThat(Wording.of(last.next().state())).isEqualTo(state);
    assertThat(last.effects().stream().filter(Effect.Finish.class::isInstance).toList())
        .isEqualTo(end == null ? List.of() : List.of(new Effect.Finish(end)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "2, 2", "3, 4", "4, 8", "5, 16", "6, 32", "7, 60", "8, 60", "20, 60", "100, 60"
  })
  void rests_longer_after_each_error_and_a_minute_at_most(int errors, long seconds) {
    ElectionMachine machine =
        new ElectionMachine(RulesText.read("on-error=rerun rerun-delay=1s"), 1);
    Snapshot now = leadingForEver(machine);
    double clock = 1;
    for (int run = 1; run < errors; run++) {
      now = ended(machine, now, run, clock).next();
      clock += 61;
      now = machine.step(now, new Event.Tick(), at(clock)).next();
    }
    Step last = ended(machine, now, errors, clock);
    Moment startAt = ((State.Leading) last.next().state()).startAt();
    assertThat(at(clock).until(startAt)).isEqualTo(Duration.ofSeconds(seconds));
  }

  private static Snapshot leadingForEver(ElectionMachine machine) {
    Step first = machine.step(machine.begin(START), new Event.Tick(), START);
    Answer won = new Answer.Ruled(Verdict.Elected.atOnce(Lease.unbounded(new Term(7))));
    return machine.step(first.next(), new Event.Answered(1, won), at(0.01)).next();
  }

  private static Step ended(ElectionMachine machine, Snapshot now, long run, double clock) {
    return machine.step(now, new Event.WorkEnded(run, new Event.Outcome(1, "")), at(clock));
  }

  @ParameterizedTest
  @CsvSource({"1, 250", "2, 500", "3, 1000", "4, 2000", "5, 4000", "6, 5000", "50, 5000"})
  void asks_again_after_between_half_and_all_of_the_back_off(int failures, long millis) {
    for (long jitter = 0; jitter < 50; jitter++) {
      ElectionMachine machine = new ElectionMachine(RulesText.read(""), jitter);
      Snapshot now = machine.step(machine.begin(START), new Event.Tick(), START).next();
      Moment when = START;
      for (long question = 1; question <= failures; question++) {
        now = machine.step(now, silence(question), when).next();
        if (question < failures) {
          when = now.wakeAt();
          now = machine.step(now, new Event.Tick(), when).next();
        }
      }
      assertThat(when.until(now.wakeAt()).toMillis()).isBetween(millis / 2, millis);
    }
  }

  private static Event silence(long question) {
    return new Event.Answered(question, new Answer.Silent("no answer"));
  }

  @Test
  void candidates_that_lose_their_store_together_do_not_come_back_together() {
    List<Moment> returns = new ArrayList<>();
    for (long jitter = 0; jitter < 100; jitter++) {
      ElectionMachine machine = new ElectionMachine(RulesText.read(""), jitter);
      Snapshot now = machine.step(machine.begin(START), new Event.Tick(), START).next();
      returns.add(machine.step(now, silence(1), START).next().wakeAt());
    }
    assertThat(returns.stream().distinct().count()).isGreaterThan(90);
  }

  @Test
  void an_answer_to_another_question_changes_nothing() {
    ElectionMachine machine = new ElectionMachine(RulesText.read(""), 1);
    Step first = machine.step(machine.begin(START), new Event.Tick(), START);
    Step again = machine.step(first.next(), new Event.Answered(2, ELECTED), at(0.5));
    assertThat(again.effects()).isEmpty();
    assertThat(again.next()).hasToString(first.next().toString());
  }

  @Test
  void the_end_of_another_run_changes_nothing() {
    ElectionMachine machine = new ElectionMachine(RulesText.read("on-error=exit"), 1);
    Step leading = leading(machine);
    Step again = ended(machine, leading.next(), 2, 0.5);
    assertThat(again.effects()).isEmpty();
    assertThat(again.next()).hasToString(leading.next().toString());
  }

  @Test
  void the_same_step_twice_is_the_same() {
    ElectionMachine machine = new ElectionMachine(RulesText.read(""), 1);
    Snapshot before = machine.step(machine.begin(START), new Event.Tick(), START).next();
    Step one = machine.step(before, new Event.Answered(1, ELECTED), at(0.1));
    Step other = machine.step(before, new Event.Answered(1, ELECTED), at(0.1));
    assertThat(one.effects()).isEqualTo(other.effects());
    assertThat(one.next()).hasToString(other.next().toString());
  }

  @Test
  void the_log_does_not_depend_on_where_it_is_written() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      String played =
          Transcript.play(
              """
              rules:
              5ms: answer 1: silent
              1500ms: answer 2: not elected, held by b, look again in 30s
              """);
      assertThat(played).contains("the store answers again after 1.495s");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void nothing_is_done_after_the_end() {
    ElectionMachine machine = new ElectionMachine(RulesText.read("wait=0s"), 1);
    Step first = machine.step(machine.begin(START), new Event.Tick(), START);
    Snapshot gone = machine.step(first.next(), new Event.Answered(1, no()), at(0.01)).next();
    assertThat(gone.wakeAt()).isEqualTo(Moment.NEVER);
    for (Event event :
        List.of(
            new Event.Tick(),
            new Event.Signalled(),
            new Event.ToldToLeave(15),
            new Event.Answered(1, ELECTED),
            new Event.WorkEnded(1, new Event.Outcome(0, "")))) {
      assertThat(machine.step(gone, event, at(5)).effects()).as("%s", event).isEmpty();
    }
  }

  private static Answer no() {
    return new Answer.Ruled(Verdict.NotElected.heldBy(null));
  }
}

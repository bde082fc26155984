package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** L6: calls that get no answer. */
abstract class LedgerSilenceRules extends LedgerTroubleRules {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void L6_no_answer_is_unavailable_within_the_budget() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Participant onlooker = joins();
          Term term = wins(leader);
          Page page = leader.writes(term, Page.BLANK, "in time");
          leader.contender().participant().cutOff();
          onlooker.cutOff();

          isUnavailableWithin(SHORT, () -> leader.ledger().read(SHORT));
          isUnavailableWithin(SHORT, () -> leader.ledger().write(term, page, "lost", SHORT));
          isUnavailableWithin(SHORT, () -> onlooker.store().readLedger(election, NAME, SHORT));

          leader.contender().participant().reconnect();
          onlooker.reconnect();
          Receipt receipt = leader.asks(term, page, "next");
          Page last = leader.reads();
          assertThat(last.text()).isEqualTo(receipt instanceof Written ? "next" : "lost");
          assertThat(receipt).isNotInstanceOf(NotLeading.class);
          nothingComesAfter(leader, last);
          onlookerSees(onlooker, election, last);
        });
  }

  @Test
  void L6_a_write_whose_answer_was_lost_is_found_out_and_never_done_twice() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          SplittableRandom random = Seeds.announced("lost answers to writes");
          for (int round = 0; round < 30; round++) {
            Page before = leader.reads();
            String text = before.text() + "x";
            interruptedAfter(random, () -> leader.asks(term, before, text));

            Receipt again = leader.asks(term, before, text);

            Page after = leader.reads();
            assertThat(after.text()).isEqualTo(text);
            assertThat(again).isIn(new Written(after), new Overtaken());
          }
          leader.contender().keeps(term);
        });
  }

  @Test
  void L6_a_read_whose_answer_was_lost_is_as_good_as_none() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page page = leader.writes(term, Page.BLANK, "text");
          SplittableRandom random = Seeds.announced("lost answers to reads");
          for (int round = 0; round < 30; round++) {
            interruptedAfter(random, leader::reads);
            assertThat(leader.reads()).isEqualTo(page);
          }
          leader.contender().keeps(term);
        });
  }

  @Test
  void L6_interruption_returns_promptly_and_keeps_the_flag() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);

          isUnavailableWhenInterrupted(() -> leader.ledger().read(LONG));
          isUnavailableWhenInterrupted(() -> leader.ledger().write(term, Page.BLANK, "a", LONG));

          leader.contender().keeps(term);
          leader.contender().participant().cutOff();
          isInterruptedPromptly(() -> leader.ledger().read(LONG));
          isInterruptedPromptly(() -> leader.ledger().write(term, Page.BLANK, "b", LONG));
          leader.contender().participant().reconnect();
        });
  }

  @Test
  void L6_closing_makes_calls_under_way_return() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          leader.contender().participant().cutOff();
          try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> answers =
                List.of(
                    threads.submit(() -> leader.ledger().read(LONG)),
                    threads.submit(() -> leader.ledger().write(term, Page.BLANK, "a", LONG)));
            Await.always(
                "they hang",
                Duration.ofMillis(100),
                () -> answers.stream().noneMatch(Future::isDone));

            leader.contender().close();

            for (Future<?> answer : answers) {
              Await.until("it returns", SLACK, answer::isDone);
              assertThat(answer.exceptionNow()).isInstanceOf(UnavailableException.class);
            }
          } finally {
            leader.contender().participant().reconnect();
          }
        });
  }

  @Test
  void L6_a_call_after_closing_is_unavailable() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page page = leader.writes(term, Page.BLANK, "in time");
          leader.contender().close();

          assertThatExceptionOfType(UnavailableException.class).isThrownBy(leader::reads);
          assertThatExceptionOfType(UnavailableException.class)
              .isThrownBy(() -> leader.asks(term, page, "late"));
          assertThat(keeper(election, "other").reads()).isEqualTo(page);
        });
  }
}

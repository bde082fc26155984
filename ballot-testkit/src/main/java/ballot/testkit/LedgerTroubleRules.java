package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** L5, L6 and L10: writes that come late, that get no answer, and that go beside a heartbeat. */
abstract class LedgerTroubleRules extends LedgerRules {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void L5_what_is_being_written_while_its_leader_resigns_comes_before_the_next_term_or_never()
      throws Exception {
    onLedgers(
        election -> {
          Bookkeeper former = keeper(election, "former");
          Bookkeeper leader = keeper(election, "leader");
          SplittableRandom random = Seeds.announced("writes under way at a resignation");
          try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 20; round++) {
              Term old = succeeds(former);
              Future<@Nullable Page> writing = thread.submit(() -> writesUntilTold(former, old));
              LockSupport.parkNanos(random.nextLong(8_000_000));
              former.contender().resigns(old);
              Term term = succeeds(leader);
              Page found = leader.reads();

              Page lastWritten = writing.get();

              assertThat(leader.reads()).isEqualTo(found);
              assertThat(lastWritten == null || lastWritten.equals(found)).isTrue();
              leader.writes(term, found, "the next one's");
              leader.contender().resigns(term);
            }
          }
        });
  }

  /** Writes page after page until it does not lead any more; the last one that it wrote. */
  private static @Nullable Page writesUntilTold(Bookkeeper keeper, Term term)
      throws StoreException {
    Page last = null;
    Page before = keeper.reads();
    while (true) {
      switch (keeper.asks(term, before, "term " + term + " after " + before.version())) {
        case Written(Page page) -> {
          last = page;
          before = page;
        }
        case Overtaken byTheNextLeader -> before = keeper.reads();
        case NotLeading told -> {
          return last;
        }
      }
    }
  }

  @Test
  void L5_a_write_that_comes_late_from_a_leader_that_fell_silent_is_not_written() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper former = keeper(election, "former");
          Bookkeeper leader = keeper(election, "leader");
          Term old = wins(former);
          Page page = former.writes(old, Page.BLANK, "in time");
          leader.contender().isRefused();
          former.contender().participant().cutOff();
          try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> late = thread.submit(() -> isWritten(former, old, page, "late", LONG));
            Await.always("the write hangs", Duration.ofMillis(100), () -> !late.isDone());
            if (!validityIsBounded()) {
              // while it is there it leads: it has to go, and its write is still on the way
              former.contender().close();
              former.contender().participant().reconnect();
            }
            Term term = leader.contender().winsWithin(afterSilence()).lease().term();
            Page found = leader.reads();

            former.contender().participant().reconnect();

            assertThat(late.get()).as("was told that it is written").isFalse();
            assertThat(found).isEqualTo(page);
            nothingComesAfter(leader, page);
            assertThat(leader.writes(term, page, "the next one's")).isEqualTo(leader.reads());
          }
        });
  }

  private static boolean isWritten(
      Bookkeeper keeper, Term term, Page before, String text, Duration budget)
      throws StoreException {
    try {
      return keeper.ledger().write(term, before, text, budget) instanceof Written;
    } catch (UnavailableException nobodyKnows) {
      return false;
    }
  }

  private static void nothingComesAfter(Bookkeeper keeper, Page page) {
    Await.always("nothing comes late", SLACK, () -> keeper.reads().equals(page));
  }

  @Test
  void L5_a_leader_that_fell_silent_and_came_back_writes_nothing_any_more() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper former = keeper(election, "former");
          Bookkeeper leader = keeper(election, "leader");
          Term old = wins(former);
          Page page = former.writes(old, Page.BLANK, "in time");
          leader.contender().isRefused();
          former.contender().participant().fallSilent();
          if (!validityIsBounded()) {
            former.contender().resigns(old);
          }
          Term term = leader.contender().winsWithin(afterSilence()).lease().term();
          former.contender().participant().reconnect();

          Await.until("it is told", afterSilence(), () -> isToldThatItLeadsNot(former, old, page));
          former.leadsNot(old, page, "late");
          assertThat(leader.reads()).isEqualTo(page);
          leader.writes(term, page, "the next one's");
        });
  }

  private static boolean isToldThatItLeadsNot(Bookkeeper keeper, Term term, Page before)
      throws StoreException {
    try {
      keeper.leadsNot(term, before, "late");
      return true;
    } catch (UnavailableException onItsWayBack) {
      return false;
    }
  }

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

  @Test
  void L10_who_writes_goes_on_leading_and_renewing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Contender other = stands(election, "other");
          other.isRefused();
          try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Page> writing = thread.submit(() -> writesPages(leader, term, 150));
            do {
              leader.contender().keeps(term);
              leader.reads();
              other.isRefused();
            } while (!writing.isDone());

            assertThat(leader.reads()).isEqualTo(writing.get());
          }
          assertThat(leader.contender().winsAtOnce().lease().term()).isEqualTo(term);
          leader.contender().keeps(term);
        });
  }

  private static Page writesPages(Bookkeeper keeper, Term term, int pages) throws StoreException {
    Page page = Page.BLANK;
    for (int number = 0; number < pages; number++) {
      page = keeper.writes(term, page, "page " + number + " ".repeat(10 * number));
    }
    return page;
  }

  @Test
  void L10_who_resigns_right_after_writing_frees_the_election_as_ever() throws Exception {
    onLedgers(
        election -> {
          List<Bookkeeper> keepers = List.of(keeper(election, "one"), keeper(election, "two"));
          Page page = Page.BLANK;
          for (int round = 0; round < 10; round++) {
            Bookkeeper leader = keepers.get(round % 2);
            Term term = succeeds(leader);
            assertThat(leader.reads()).isEqualTo(page);

            page = leader.writes(term, page, page.text() + term + "\n");
            leader.contender().resigns(term);
          }
          assertThat(page.text().lines()).hasSize(10).doesNotHaveDuplicates();
        });
  }
}

package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Ledger.Page;
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

/** L5 and L10: writes that come late, and that go beside a heartbeat. */
abstract class LedgerTroubleRules extends LedgerBoundaryRules {

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

  static void nothingComesAfter(Bookkeeper keeper, Page page) {
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

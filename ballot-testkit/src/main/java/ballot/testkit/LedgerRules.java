package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** L1 to L4: what is in a ledger, and who may change it. */
abstract class LedgerRules extends LedgerGround {
  @Test
  void L1_what_was_never_written_reads_as_blank() throws Exception {
    onLedgers(
        election -> {
          Participant onlooker = joins();
          Bookkeeper other = keeper(election, "other");
          assertThat(onlookersPage(onlooker, election, NAME)).isEqualTo(Page.BLANK);
          assertThat(other.reads()).isEqualTo(Page.BLANK);
          Bookkeeper leader = keeper(election, "leader");
          wins(leader);

          assertThat(leader.reads()).isEqualTo(Page.BLANK);
          assertThat(other.reads()).isEqualTo(Page.BLANK);
          assertThat(onlookersPage(onlooker, election, NAME)).isEqualTo(Page.BLANK);
        });
  }

  @Test
  void L1_an_empty_text_is_not_the_same_as_none() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);

          Page empty = leader.writes(term, Page.BLANK, "");

          assertThat(empty.text()).isEmpty();
          assertThat(empty.version()).isNotZero();
          assertThat(leader.reads()).isEqualTo(empty);
          leader.isOvertaken(term, Page.BLANK, "first");
          leader.writes(term, empty, "second");
        });
  }

  @Test
  void L2_what_the_leader_wrote_everybody_reads() throws Exception {
    onLedgers(
        election -> {
          Participant onlooker = joins();
          Bookkeeper leader = keeper(election, "leader");
          Bookkeeper next = keeper(election, "next");
          Bookkeeper stranger = keeper(election, "stranger");
          Term term = wins(leader);
          next.contender().isRefused();
          Page page = Page.BLANK;

          for (String text : List.of("one", "two", "three")) {
            Page written = leader.writes(term, page, text);

            assertThat(written.text()).isEqualTo(text);
            assertThat(written.version()).isNotEqualTo(page.version());
            for (Bookkeeper reader : List.of(leader, next, stranger)) {
              assertThat(reader.reads()).as("read by %s", reader).isEqualTo(written);
            }
            onlookerSees(onlooker, election, written);
            page = written;
          }
        });
  }

  @Test
  void L2_what_a_leader_wrote_outlasts_it() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper resigned = keeper(election, "resigned");
          Term term = wins(resigned);
          Page first = resigned.writes(term, Page.BLANK, "first");
          resigned.contender().resigns(term);
          Bookkeeper lost = keeper(election, "lost");
          term = succeeds(lost);
          assertThat(lost.reads()).isEqualTo(first);
          Page second = lost.writes(term, first, "second");
          lost.contender().close();
          lost.contender().participant().close();
          resigned.contender().close();
          resigned.contender().participant().close();

          onlookerSees(joins(), election, second);
          Bookkeeper last = keeper(election, "last");
          assertThat(last.reads()).isEqualTo(second);
          term = last.contender().winsWithin(afterSilence()).lease().term();
          assertThat(last.reads()).isEqualTo(second);
          assertThat(last.writes(term, second, "third").version())
              .isNotIn(first.version(), second.version(), 0L);
        });
  }

  @Test
  void L3_who_writes_after_a_page_that_is_not_the_last_changes_nothing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page first = leader.writes(term, Page.BLANK, "same");
          Page second = leader.writes(term, first, "other");
          Page third = leader.writes(term, second, "same");

          for (Page old : List.of(Page.BLANK, first, second)) {
            leader.isOvertaken(term, old, "late");
            assertThat(leader.reads()).isEqualTo(third);
          }
          leader.writes(term, third, "next");
        });
  }

  @Test
  void L3_of_several_who_write_after_the_same_page_one_does() throws Exception {
    onLedgers(
        election -> {
          Contender leader = stands(election, "leader");
          Term term = leader.winsAtOnce().lease().term();
          Page before = Page.BLANK;
          for (int round = 0; round < 10; round++) {
            List<Callable<Receipt>> writers = new ArrayList<>();
            for (String text : List.of("one", "two", "three", "four")) {
              Bookkeeper own = Bookkeeper.of(leader, NAME, budget());
              Page last = before;
              writers.add(() -> own.asks(term, last, text));
            }

            List<Receipt> receipts = allAtOnce(writers);

            Page after = Bookkeeper.of(leader, NAME, budget()).reads();
            assertThat(receipts).containsOnlyOnce(new Written(after));
            assertThat(receipts).filteredOn(Overtaken.class::isInstance).hasSize(3);
            before = after;
          }
        });
  }

  private static <T> List<T> allAtOnce(List<Callable<T>> questions) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<T>> answers = new ArrayList<>();
      for (Callable<T> question : questions) {
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return question.call();
                }));
      }
      start.countDown();
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    }
  }

  @Test
  void L4_who_does_not_lead_changes_nothing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper stranger = keeper(election, "stranger");
          stranger.leadsNot(new Term(1), Page.BLANK, "out of nothing");
          assertThat(stranger.reads()).isEqualTo(Page.BLANK);
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Bookkeeper next = keeper(election, "next");
          next.contender().isRefused();
          Page page = leader.writes(term, Page.BLANK, "the leader's");

          for (Bookkeeper other : List.of(stranger, next)) {
            other.leadsNot(term, page, "with the leader's term");
            other.leadsNot(new Term(term.number() + 1), page, "with a made-up term");
            assertThat(other.asks(term, Page.BLANK, "late as well")).isNotInstanceOf(Written.class);
          }
          leader.leadsNot(new Term(term.number() + 1), page, "with a made-up term");
          assertThat(leader.reads()).isEqualTo(page);
          leader.writes(term, page, "next");
        });
  }

  @Test
  void L4_who_leads_no_longer_changes_nothing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper former = keeper(election, "former");
          Term term = wins(former);
          Page page = former.writes(term, Page.BLANK, "in time");
          former.contender().resigns(term);
          former.leadsNot(term, page, "after resigning");
          Bookkeeper leader = keeper(election, "leader");
          Term next = succeeds(leader);

          former.leadsNot(term, page, "after the next one won");
          former.leadsNot(next, page, "with the next one's term");
          assertThat(leader.reads()).isEqualTo(page);
          Page last = leader.writes(next, page, "the next one's");
          former.leadsNot(term, last, "after the next one wrote");
          assertThat(former.asks(term, page, "late as well")).isNotInstanceOf(Written.class);
          assertThat(leader.reads()).isEqualTo(last);
        });
  }

  @Test
  void L4_an_old_term_of_its_own_changes_nothing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term old = wins(leader);
          Page page = leader.writes(old, Page.BLANK, "in the first term");
          leader.contender().resigns(old);
          Term term = succeeds(leader);

          leader.leadsNot(old, page, "with the old term");
          assertThat(leader.reads()).isEqualTo(page);
          Page last = leader.writes(term, page, "with the new one");
          assertThat(leader.asks(old, page, "late as well")).isInstanceOf(NotLeading.class);
          assertThat(leader.reads()).isEqualTo(last);
        });
  }
}

package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * L1 to L4 and L7 to L9: what is in a ledger, who may change it, and what it keeps apart from. Of a
 * backend that keeps none each rule says just that.
 */
abstract class LedgerRules extends InterruptionRules {

  static final String NAME = "runs";

  /** A rule that holds in an election that nobody used before. */
  @FunctionalInterface
  interface Rule {
    void holdsIn(ElectionName election) throws Exception;
  }

  /** Checks the rule, or that there are no ledgers. */
  final void onLedgers(Rule rule) throws Exception {
    ElectionName election = freshElection();
    if (keepsALedger()) {
      rule.holdsIn(election);
      return;
    }
    Contender leader = stands(election, "leader");
    leader.winsAtOnce();
    assertThat(leader.candidacy().ledger(NAME)).isEmpty();
    assertThat(onlookersPage(joins(), election, NAME)).isEqualTo(Page.BLANK);
  }

  /** A candidate of a participant of its own, with its ledger. */
  final Bookkeeper keeper(ElectionName election, String id) {
    return Bookkeeper.of(stands(election, id), NAME, budget());
  }

  static Term wins(Bookkeeper keeper) throws StoreException {
    return keeper.contender().winsAtOnce().lease().term();
  }

  final Term succeeds(Bookkeeper keeper) throws StoreException {
    return keeper.contender().winsWithin(afterResigning()).lease().term();
  }

  final Page onlookersPage(Participant onlooker, ElectionName election, String name)
      throws StoreException {
    return onlooker.store().readLedger(election, name, budget());
  }

  /** An onlooker may be behind for a moment, as when it looks at the election. */
  final void onlookerSees(Participant onlooker, ElectionName election, Page page) {
    Await.until(
        "an onlooker reads what is written",
        budget(),
        () -> onlookersPage(onlooker, election, NAME).equals(page));
  }

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

  @Test
  void L7_ledgers_of_different_names_and_elections_never_meet() throws Exception {
    onLedgers(
        root -> {
          Participant participant = joins();
          Map<Bookkeeper, Page> pages = new LinkedHashMap<>();
          List<String> names =
              Stream.concat(
                      awkwardNames().stream(), Stream.of("runs", "a/runs", "ledger", "ledger/runs"))
                  .map(name -> root + "/" + name)
                  .collect(Collectors.toCollection(ArrayList::new));
          names.add(root.path());
          for (String name : names) {
            Contender leader = stands(participant, new ElectionName(name), "leader of " + name);
            Term term = leader.winsAtOnce().lease().term();
            for (String ledger : List.of("runs", "history", "run")) {
              Bookkeeper keeper = Bookkeeper.of(leader, ledger, budget());
              assertThat(keeper.reads()).isEqualTo(Page.BLANK);
              pages.put(keeper, keeper.writes(term, Page.BLANK, ledger + " of " + name));
            }
          }

          for (Map.Entry<Bookkeeper, Page> entry : pages.entrySet()) {
            assertThat(entry.getKey().reads()).isEqualTo(entry.getValue());
          }
        });
  }

  @Test
  void L8_reading_changes_nothing_and_joins_nothing() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper reader = keeper(election, "reader");
          Participant onlooker = joins();
          reader.reads();
          onlookersPage(onlooker, election, NAME);
          assertThat(roster(onlooker, election).leader()).isEmpty();
          assertThat(roster(onlooker, election).candidates()).isEmpty();
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page page = leader.writes(term, Page.BLANK, "text");

          for (int look = 0; look < 5; look++) {
            assertThat(reader.reads()).isEqualTo(page);
            onlookerSees(onlooker, election, page);
            assertThat(ids(roster(onlooker, election))).containsExactly("leader");
            leader.contender().keeps(term);
          }
          leader.contender().resigns(term);
          reader.reads();
          succeeds(leader);
        });
  }

  @Test
  void L8_ledgers_are_no_candidates_and_no_elections() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          leader.writes(term, Page.BLANK, "text");
          Bookkeeper history = Bookkeeper.of(leader.contender(), "history", budget());
          history.writes(term, Page.BLANK, "more text");
          Contender next = stands(election, "next");
          next.isRefused();
          Participant onlooker = joins();
          assertThat(ids(roster(onlooker, election))).containsExactlyInAnyOrder("leader", "next");

          next.close();
          leader.contender().resigns(term);
          leader.contender().close();

          Await.until(
              "nobody is left but the ledgers",
              afterResigning(),
              () ->
                  roster(onlooker, election).leader().isEmpty()
                      && roster(onlooker, election).candidates().isEmpty());
          Bookkeeper newcomer = keeper(election, "newcomer");
          assertThat(succeeds(newcomer)).isGreaterThan(term);
          assertThat(roster(onlooker, election).leader().map(Roster.Entry::id))
              .contains("newcomer");
        });
  }

  private Roster roster(Participant onlooker, ElectionName election) throws StoreException {
    return onlooker.store().observe(election, budget());
  }

  private static List<String> ids(Roster roster) {
    return roster.candidates().stream().map(entry -> String.valueOf(entry.id())).toList();
  }

  @Test
  void L9_any_text_comes_back_as_it_was() throws Exception {
    onLedgers(
        election -> {
          Participant onlooker = joins();
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page page = Page.BLANK;
          for (String text : texts()) {
            page = leader.writes(term, page, text);

            assertThat(page.text().equals(text)).as("written: %.20s", text).isTrue();
            assertThat(leader.reads()).isEqualTo(page);
            onlookerSees(onlooker, election, page);
          }
        });
  }

  private static List<String> texts() {
    SplittableRandom random = Seeds.announced("texts of ledgers");
    String anything =
        random.ints(8_000, 0, 0x3000).mapToObj(Character::toString).collect(Collectors.joining());
    return List.of(
        "x".repeat(Ledger.LONGEST),
        "\n".repeat(Ledger.LONGEST),
        "\u0000".repeat(Ledger.LONGEST),
        "\uD83D\uDDF3".repeat(Ledger.LONGEST / 4),
        anything,
        " blanks around \n\n",
        "\r\n\t\"\\/<&%00 \u2028\u0001\uFEFF",
        "",
        "{\"a\": [1, null]}",
        "Grüße, 日本, \uFFFD");
  }

  @Test
  void L9_a_text_that_is_too_long_is_refused_before_anything_is_written() throws Exception {
    onLedgers(
        election -> {
          Bookkeeper leader = keeper(election, "leader");
          Term term = wins(leader);
          Page page = leader.writes(term, Page.BLANK, "short");

          for (String text :
              List.of("x".repeat(Ledger.LONGEST + 1), "ä".repeat(Ledger.LONGEST / 2 + 1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> leader.asks(term, page, text));
          }
          assertThat(leader.reads()).isEqualTo(page);
          leader.writes(term, page, "next");
        });
  }
}

package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** L7 to L9: what a ledger keeps apart from, and what fits into it. */
abstract class LedgerBoundaryRules extends LedgerRules {
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

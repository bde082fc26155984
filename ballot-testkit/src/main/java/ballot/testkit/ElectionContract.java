package ballot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of a backend: every plugin extends it once and supplies what {@link Ground} asks
 * for.
 *
 * <p>The rules are those of {@link ballot.api.Candidacy} and {@link ballot.api.Ledger}, and the
 * tests are named after them. What a store cannot do it says by overriding a switch, which turns a
 * rule into the one that holds instead and never leaves a test out. The rules know nothing of the
 * store: a backend's own tests show what it writes, and its dealings with foreign entries.
 */
public abstract class ElectionContract extends LedgerSilenceRules {

  @Test
  void B10_observing_joins_nothing() throws StoreException {
    ElectionName election = freshElection();
    Participant onlooker = joins();

    assertThat(onlooker.store().observe(election, budget()).leader()).isEmpty();
    assertThat(onlooker.store().observe(election, budget()).candidates()).isEmpty();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();

    for (int look = 0; look < 5; look++) {
      Roster roster = onlooker.store().observe(election, budget());
      assertThat(roster.leader().map(Roster.Entry::id)).contains("holder");
      assertThat(roster.leader().map(Roster.Entry::term)).contains(term);
      assertThat(roster.candidates()).hasSizeLessThanOrEqualTo(1);
      holder.keeps(term);
    }
  }

  @Test
  void B10_observing_shows_the_line_in_order_and_who_has_left_it() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    holder.winsAtOnce();
    List<Contender> line = new ArrayList<>();
    for (String id : List.of("second", "third", "fourth")) {
      Contender contender = stands(election, id);
      contender.isRefused();
      line.add(contender);
    }
    Participant onlooker = joins();

    if (keepsALine()) {
      assertThat(waiting(onlooker, election)).containsExactly("second", "third", "fourth");
    }
    line.get(1).close();
    Await.until(
        "a closed candidate leaves the line",
        SLACK,
        () -> !waiting(onlooker, election).contains("third"));
  }

  private List<String> waiting(Participant onlooker, ElectionName election) throws StoreException {
    return onlooker.store().observe(election, budget()).candidates().stream()
        .map(entry -> String.valueOf(entry.id()))
        .filter(id -> !id.equals("holder"))
        .toList();
  }

  @Test
  void B10_observing_sees_the_election_free_after_a_resignation() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Participant onlooker = joins();
    holder.resigns(holder.winsAtOnce().lease().term());

    Await.until(
        "nobody leads",
        afterResigning(),
        () -> onlooker.store().observe(election, budget()).leader().isEmpty());
  }

  @Test
  void B11_closing_is_idempotent_and_takes_a_second_at_most() throws StoreException {
    Contender holder = stands(freshElection(), "holder");
    holder.winsAtOnce();
    long start = System.nanoTime();
    Thread.currentThread().interrupt();

    holder.candidacy().close();
    holder.candidacy().close();
    holder.participant().store().close();
    holder.participant().store().close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(2).plus(SLACK));
  }

  @Test
  void B11_a_question_after_closing_is_unavailable() throws StoreException {
    ElectionName election = freshElection();
    Contender early = stands(election, "early");
    early.close();
    Contender late = stands(election, "late");
    late.participant().store().close();

    for (Contender closed : List.of(early, late)) {
      assertThatExceptionOfType(UnavailableException.class).isThrownBy(closed::campaign);
    }
    stands(election, "open").winsAtOnce();
  }

  @Test
  void B11_closing_makes_a_question_under_way_return() throws Exception {
    Contender lonely = stands(freshElection(), "lonely");
    lonely.participant().cutOff();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<?> answer =
          thread.submit(
              () ->
                  isUnavailableWithin(
                      SLACK, () -> lonely.candidacy().campaign(Duration.ofSeconds(30))));
      Await.always("the question hangs", Duration.ofMillis(100), () -> !answer.isDone());

      lonely.close();

      answer.get();
    } finally {
      lonely.participant().reconnect();
    }
  }

  @Test
  void B12_who_misses_every_signal_wins_by_asking() throws StoreException {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Participant deaf = joins();
    try (var candidacy = deaf.store().stand(election, Contender.candidate("deaf"), () -> {})) {
      candidacy.campaign(budget());
      holder.resigns(term);

      Await.until(
          "the deaf one wins",
          afterResigning(),
          () -> candidacy.campaign(budget()) instanceof Elected);
    }
  }

  @Test
  void B12_asking_at_every_doubtful_signal_harms_nobody() throws Exception {
    ElectionName election = freshElection();
    Contender holder = stands(election, "holder");
    Term term = holder.winsAtOnce().lease().term();
    Contender nervous = stands(election, "nervous");

    for (int signal = 0; signal < 200; signal++) {
      nervous.signals().lookAgain();
      nervous.signals().lookAgain();
      nervous.isRefused();
    }

    holder.keeps(term);
    holder.resigns(term);
    nervous.winsWithin(afterResigning());
  }

  @Test
  void B13_elections_of_different_names_never_meet() throws StoreException {
    Map<Contender, Term> leaders = new LinkedHashMap<>();
    String root = freshElection().path();
    Participant participant = joins();
    Participant onlooker = joins();

    for (String name : awkwardNames()) {
      ElectionName election = new ElectionName(root + "/" + name);
      Contender leader = stands(participant, election, "leader of " + name);
      leaders.put(leader, leader.winsAtOnce().lease().term());

      for (Map.Entry<Contender, Term> former : leaders.entrySet()) {
        former.getKey().keeps(former.getValue());
      }
      Roster roster = onlooker.store().observe(election, budget());
      assertThat(roster.leader().map(Roster.Entry::id)).contains(leader.toString());
    }
  }

  @Test
  void B13_a_leading_slash_is_not_part_of_the_name() throws StoreException {
    ElectionName election = freshElection();
    stands(election, "holder").winsAtOnce();

    stands(new ElectionName("/" + election.path()), "other").isRefused();
  }

  @Test
  void at_most_one_leads_while_several_race() throws Exception {
    new Race(freshElection(), leadershipsToRaceFor(), afterSilence())
        .among(List.of(joins(), joins(), joins(), joins()), budget());
  }
}

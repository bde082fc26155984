package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.testkit.Await;
import ballot.zookeeper.servers.Connection;
import ballot.zookeeper.servers.Proxy;
import ballot.zookeeper.servers.RawClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that meet heartbeats, lost answers and the end of a leadership. */
class LedgerRacesTest extends OnServer {

  private static final Duration PATIENT = Duration.ofSeconds(8);
  private static final int MANY = 100;

  /** A hundred times as often as an engine has them. */
  private static final Duration BETWEEN_BEATS = Duration.ofMillis(5);

  /** What is asked on another thread. */
  private interface Question<T> {
    T put() throws StoreException;
  }

  private static <T> CompletableFuture<T> begins(Question<T> question) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return question.put();
          } catch (StoreException failure) {
            throw new CompletionException(failure);
          }
        },
        task -> Thread.ofPlatform().daemon(true).start(task));
  }

  private Scribe stands(String servers, ElectionName election, String id) throws Exception {
    return closing(new Scribe(joins(servers, PATIENT), election, id));
  }

  /** How many requests the server has had from that session. */
  private long requests(long session) {
    Connection connection = server.connections().get(session);
    return connection == null ? 0 : connection.requests();
  }

  @Test
  void a_heartbeat_between_the_look_and_the_write_stops_neither() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page first = leader.writes(term, Page.BLANK, "first");
    leader.keeps(term); // by now it watches
    long session = sessionOf(election, "leader");
    Await.until("nothing is under way", SOON, () -> isQuiet(session));

    line.hang(Proxy.Way.TO_CLIENT);
    long before = requests(session);
    Ledger unread = leader.ledger("runs"); // which has yet to look
    var writing = begins(() -> unread.write(term, first, "second", BUDGET));
    Await.until("it has looked", SOON, () -> requests(session) == before + 4);
    int version = client.stat(base(election)).getVersion();
    var beating = begins(() -> leader.candidacy().renew(term, BUDGET));
    Await.until("it beats", SOON, () -> client.stat(base(election)).getVersion() > version);
    line.behave();

    assertThat(beating.join().toString()).contains("Elected");
    assertThat(writing.join()).isInstanceOf(Written.class);
    assertThat(leader.reads().text()).isEqualTo("second");
    leader.keeps(term);
  }

  @Test
  void a_page_waits_for_the_heartbeat_under_way_and_is_then_one_request() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page first = leader.writes(term, Page.BLANK, "first");
    leader.keeps(term); // by now it watches
    long session = sessionOf(election, "leader");
    Await.until("nothing is under way", SOON, () -> isQuiet(session));

    line.hang(Proxy.Way.TO_CLIENT);
    long before = requests(session);
    int version = client.stat(base(election)).getVersion();
    var beating = begins(() -> leader.candidacy().renew(term, BUDGET));
    Await.until("it beats", SOON, () -> client.stat(base(election)).getVersion() > version);
    var writing = begins(() -> leader.tries(term, first, "second"));
    line.behave();

    assertThat(writing.join()).isInstanceOf(Written.class);
    assertThat(beating.join().toString()).contains("Elected");
    assertThat(requests(session)).isEqualTo(before + 2);
  }

  @Test
  void a_page_after_one_that_was_read_is_one_request_too() throws Exception {
    ElectionName election = freshElection();
    Scribe before = stands(server.address(), election, "before");
    before.writes(before.wins(), Page.BLANK, "of the leader before");
    before.close();
    Scribe leader = stands(server.address(), election, "leader");
    Term term = leader.wins();
    Page page = leader.writes(term, leader.reads(), "first"); // it looks, this once
    page = leader.writes(term, leader.reads(), "second");
    long session = sessionOf(election, "leader");
    Await.until("nothing is under way", SOON, () -> isQuiet(session));
    long requests = requests(session);

    leader.writes(term, page, "third");

    assertThat(requests(session)).isEqualTo(requests + 1);
  }

  @Test
  void a_page_over_another_connection_is_none_of_another_life_of_the_election() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page page = leader.writes(term, Page.BLANK, "in time");

    line.refuse();
    client.delete(proposalOf(election, "leader"));
    client.delete(base(election));
    Scribe other = stands(server.address(), election, "other");
    Term later = other.wins(); // at a place of the same name, in a lease written as often
    line.behave();

    assertThat(insist(() -> leader.tries(term, page, "late"))).isInstanceOf(NotLeading.class);
    assertThat(other.reads()).isEqualTo(page);
    other.writes(later, page, "of the other");
  }

  private boolean isQuiet(long session) {
    long requests = requests(session);
    client.exists("/"); // what was asked before has been answered
    return requests > 0 && requests == requests(session);
  }

  @Test
  void heartbeats_and_writes_beside_each_other_all_succeed() throws Exception {
    ElectionName election = freshElection();
    Scribe leader = stands(server.address(), election, "leader");
    Term term = leader.wins();

    var writing =
        begins(
            () -> {
              Page page = Page.BLANK;
              for (int number = 0; number < MANY; number++) {
                page = leader.writes(term, page, "page " + number);
              }
              return page;
            });
    int beats = 0;
    while (!writing.isDone()) {
      leader.keeps(term);
      beats++;
      LockSupport.parkNanos(BETWEEN_BEATS.toNanos());
    }

    assertThat(leader.reads()).isEqualTo(writing.join());
    assertThat(beats).isPositive();
    leader.candidacy().resign(term, BUDGET);
  }

  /** The leader's next write is on its way, and the leader does not know what becomes of it. */
  private CompletableFuture<Receipt> isOnItsWay(Proxy line, Scribe leader, Term term, Page before) {
    line.hangBeforeChange();
    var writing = begins(() -> leader.tries(term, before, "late"));
    Await.until("it is on its way", SOON, line::isHanging);
    return writing;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_write_that_arrives_after_the_lease_is_over_changes_nothing(boolean first)
      throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page before = first ? Page.BLANK : leader.writes(term, Page.BLANK, "in time");
    leader.ledger("history").write(term, Page.BLANK, "another", BUDGET); // there is a folder

    var writing = isOnItsWay(line, leader, term, before);
    client.write(base(election), ""); // its place, and its session, are as they were
    line.behave();

    assertThat(writing.join()).isInstanceOf(NotLeading.class);
    assertThat(leader.reads()).isEqualTo(before);
  }

  @Test
  void a_write_that_arrives_after_another_has_won_changes_nothing() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page before = leader.writes(term, Page.BLANK, "in time");
    Scribe next = stands(server.address(), election, "next");
    next.candidacy().campaign(BUDGET);

    var writing = isOnItsWay(line, leader, term, before);
    client.delete(proposalOf(election, "leader"));
    client.write(base(election), "");
    Term later = next.wins();
    assertThat(next.reads()).isEqualTo(before);
    line.behave();

    assertThat(writing.join()).isInstanceOf(NotLeading.class);
    assertThat(next.reads()).isEqualTo(before);
    next.writes(later, before, "of the next");
  }

  @Test
  void who_has_lost_its_place_in_line_writes_nothing_more() throws Exception {
    ElectionName election = freshElection();
    Scribe leader = stands(server.address(), election, "leader");
    Term term = leader.wins();
    Page page = leader.writes(term, Page.BLANK, "in time");

    client.delete(proposalOf(election, "leader")); // the lease is as it was

    assertThat(leader.tries(term, page, "late")).isInstanceOf(NotLeading.class);
    assertThat(leader.reads()).isEqualTo(page);
  }

  @Test
  void a_write_under_way_when_the_session_ends_changes_nothing() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page before = leader.writes(term, Page.BLANK, "in time");

    var writing = isOnItsWay(line, leader, term, before);
    RawClient.endSession(server.address(), sessionOf(election, "leader"));
    line.behave();

    assertThatThrownBy(writing::join).hasCauseInstanceOf(UnavailableException.class);
    assertThat(insist(() -> leader.tries(term, before, "later still")))
        .isInstanceOf(NotLeading.class);
    assertThat(insist(leader::reads)).isEqualTo(before);
  }

  @Test
  void who_wins_again_writes_under_the_new_term_only() throws Exception {
    ElectionName election = freshElection();
    Scribe leader = stands(server.address(), election, "leader");
    Term term = leader.wins();
    Page page = leader.writes(term, Page.BLANK, "in the first term");
    leader.candidacy().resign(term, BUDGET);

    Term later = leader.wins();

    assertThat(leader.tries(term, page, "late")).isInstanceOf(NotLeading.class);
    leader.writes(later, page, "in the second term");
  }

  @Test
  void of_an_election_that_was_deleted_nothing_is_written_and_the_ledger_stays() throws Exception {
    ElectionName election = freshElection();
    Scribe leader = stands(server.address(), election, "leader");
    Term term = leader.wins();
    Page page = leader.writes(term, Page.BLANK, "in time");

    client.delete(proposalOf(election, "leader"));
    client.delete(base(election));

    assertThat(leader.tries(term, page, "late")).isInstanceOf(NotLeading.class);
    assertThat(leader.reads()).isEqualTo(page);

    Scribe other = stands(server.address(), election, "other");
    Term later = other.wins(); // in another life of the base znode, written as often as the last
    assertThat(leader.tries(term, page, "later")).isInstanceOf(NotLeading.class);
    other.writes(later, page, "of the other");
  }

  @Test
  void a_write_whose_answer_was_lost_is_found_by_reading() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    Page before = leader.writes(term, Page.BLANK, "first");

    line.loseAnswersToChanges(1);
    assertThatThrownBy(() -> leader.tries(term, before, "second"))
        .isInstanceOf(UnavailableException.class);
    assertThat(line.hasLostAll()).isTrue();

    Page found = insist(leader::reads);
    assertThat(found.text()).isEqualTo("second");
    assertThat(leader.tries(term, before, "second")).isInstanceOf(Overtaken.class);
    leader.writes(term, found, "third");
    leader.keeps(term);
  }

  @Test
  void closing_ends_a_write_and_a_heartbeat_that_are_both_under_way() throws Exception {
    ElectionName election = freshElection();
    Proxy line = proxy();
    Scribe leader = stands(line.address(), election, "leader");
    Term term = leader.wins();
    line.hang();
    var writing = begins(() -> leader.runs().write(term, Page.BLANK, "x", SOON));
    var beating = begins(() -> leader.candidacy().renew(term, SOON));
    assertThatThrownBy(() -> leader.runs().read(Duration.ofMillis(300)))
        .isInstanceOf(UnavailableException.class);

    long start = System.nanoTime();
    leader.close();

    assertThatThrownBy(writing::join).hasCauseInstanceOf(UnavailableException.class);
    assertThatThrownBy(beating::join).hasCauseInstanceOf(UnavailableException.class);
    assertThat(between(start, System.nanoTime())).isLessThan(BUDGET);
    assertThatThrownBy(leader::reads).isInstanceOf(UnavailableException.class);
  }
}

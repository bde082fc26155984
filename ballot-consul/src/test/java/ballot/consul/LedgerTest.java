package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt;
import ballot.api.RejectedException;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.consul.Meddler.Deed;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ledgers, as far as the contract cannot see them: their keys, and every way to be refused. */
class LedgerTest extends OnAgent {

  private static final Receipt OVERTAKEN = new Receipt.Overtaken();

  private static ConsulAgent agent;

  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private String key() {
    return "/v1/kv/" + election;
  }

  private String ledgerKey() {
    return key() + "/.ballot/runs";
  }

  private static Ledger runs(Contender candidate) {
    return candidate.candidacy().ledger("runs").orElseThrow();
  }

  private static Receipt write(Contender candidate, Term term, Page before, String text)
      throws StoreException {
    return runs(candidate).write(term, before, text, BUDGET);
  }

  private static Page writes(Contender candidate, Term term, Page before, String text)
      throws StoreException {
    return written(write(candidate, term, before, text));
  }

  private static Page written(Receipt receipt) {
    assertThat(receipt).isInstanceOf(Receipt.Written.class);
    return ((Receipt.Written) receipt).page();
  }

  private static void isNotLeading(Receipt receipt, String because) {
    assertThat(receipt).isInstanceOf(Receipt.NotLeading.class);
    assertThat(((Receipt.NotLeading) receipt).because()).contains(because);
  }

  private static CompletableFuture<Receipt> later(
      Contender candidate, Term term, Page before, String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return write(candidate, term, before, text);
          } catch (StoreException failure) {
            throw new IllegalStateException(failure);
          }
        },
        task -> Thread.ofVirtual().start(task));
  }

  private static boolean writesALedger(Meddler.Request request) {
    return request.is("PUT", "/v1/txn") && request.body().contains("/.ballot/runs");
  }

  private static void meddleWithWrites(Contender candidate, Deed deed) {
    meddler(candidate).meddle(request -> writesALedger(request) ? deed : Deed.PASS);
  }

  private static void awaitWrite(Contender candidate) {
    Await.until(
        "a write is under way",
        SOON,
        () -> meddler(candidate).requests().stream().anyMatch(LedgerTest::writesALedger));
  }

  private Page page() throws Exception {
    return joins(agent).store().readLedger(election, "runs", BUDGET);
  }

  private JsonObject entry(String path) {
    return agent.get(path).getAsJsonArray().get(0).getAsJsonObject();
  }

  @Test
  void a_ledger_is_a_key_beside_the_elections_own() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    Page page = writes(leader, term, Page.BLANK, "zwölf");

    assertThat(agent.get(ledgerKey() + "?raw=").getAsString()).isEqualTo("zwölf");
    JsonObject entry = entry(ledgerKey());
    assertThat(entry.get("ModifyIndex").getAsLong()).isEqualTo(page.version());
    assertThat(entry.get("Flags").getAsLong()).isZero();
    assertThat(entry.has("Session")).isFalse();
    assertThat(entry(key()).get("ModifyIndex").getAsLong()).isEqualTo(term.number());
    writes(leader, term, page, "dreizehn");
    assertThat(entry(ledgerKey()).get("Flags").getAsLong()).isEqualTo(page.version());
  }

  @Test
  void a_write_is_one_request_and_so_is_a_read() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Await.until("its watches wait", SOON, () -> waits(meddler(leader)));
    Page page = runs(leader).read(BUDGET);
    int connections = meddler(leader).connections();
    meddler(leader).forget();

    page = writes(leader, term, page, "page");
    assertThat(runs(leader).read(BUDGET)).isEqualTo(page);

    assertThat(meddler(leader).requests())
        .filteredOn(request -> (request.line() + request.body()).contains("/runs"))
        .hasSize(2);
    assertThat(meddler(leader).connections()).isLessThanOrEqualTo(connections);
  }

  @Test
  void a_ledger_may_have_the_name_of_anything_else_beside_an_election() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender waiting = stands(agent, election, "waiting");
    Term term = leader.winsAtOnce().lease().term();
    waiting.isRefused();

    for (String name : List.of("last", "candidates", "x")) {
      Ledger ledger = leader.candidacy().ledger(name).orElseThrow();
      Page page = written(ledger.write(term, Page.BLANK, "page of " + name, BUDGET));
      assertThat(ledger.read(BUDGET)).isEqualTo(page);
    }

    Roster roster = waiting.participant().store().observe(election, BUDGET);
    assertThat(roster.leader()).map(Roster.Entry::id).contains("leader");
    assertThat(roster.candidates())
        .extracting(Roster.Entry::id)
        .containsExactly("leader", "waiting");
    assertThat(roster.notes()).isEmpty();
    leader.resigns(term);
    assertThat(waiting.winsWithin(SOON).holdOff()).isZero();
  }

  @Test
  void the_same_text_once_more_is_another_page() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Page first = writes(leader, term, Page.BLANK, "same");

    Page second = writes(leader, term, first, "same");

    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(write(leader, term, first, "same")).isEqualTo(OVERTAKEN);
    assertThat(write(leader, term, Page.BLANK, "same")).isEqualTo(OVERTAKEN);
    assertThat(page()).isEqualTo(second);
  }

  @Test
  void what_somebody_else_wrote_is_not_overwritten() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Page page = writes(leader, term, Page.BLANK, "first");

    agent.put(ledgerKey(), "theirs");
    assertThat(write(leader, term, page, "second")).isEqualTo(OVERTAKEN);
    assertThat(write(leader, term, Page.BLANK, "second")).isEqualTo(OVERTAKEN);
    assertThat(page().text()).isEqualTo("theirs");
    agent.delete(ledgerKey());
    assertThat(write(leader, term, page, "second")).isEqualTo(OVERTAKEN);

    assertThat(page()).isEqualTo(Page.BLANK);
    writes(leader, term, Page.BLANK, "second");
  }

  @Test
  void a_key_that_was_deleted_leads_nowhere() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Page page = writes(leader, term, Page.BLANK, "first");

    agent.delete(key());

    isNotLeading(write(leader, term, page, "second"), "is gone");
    isNotLeading(write(leader, term, Page.BLANK, "second"), "is gone");
    assertThat(page()).isEqualTo(page);
    leader.keepsNoMore(term);
  }

  @Test
  void who_was_elected_again_writes_under_the_new_term_only() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term first = leader.winsAtOnce().lease().term();
    leader.resigns(first);
    Term second = leader.winsWithin(SOON).lease().term();

    isNotLeading(write(leader, first, Page.BLANK, "old"), "over");
    assertThat(page()).isEqualTo(Page.BLANK);
    writes(leader, second, Page.BLANK, "new");
  }

  @Test
  void a_session_that_was_destroyed_writes_no_more() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    destroySession();

    isNotLeading(write(leader, term, Page.BLANK, "late"), "is gone");
    assertThat(page()).isEqualTo(Page.BLANK);
  }

  private void destroySession() {
    agent.put("/v1/session/destroy/" + entry(key()).get("Session").getAsString(), "");
  }

  @Test
  void a_write_that_arrives_after_the_next_one_won_changes_nothing() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender next = stands(agent, election, "next");
    Term term = leader.winsAtOnce().lease().term();
    next.isRefused();
    Deed.Late late = new Deed.Late();
    meddleWithWrites(leader, late);
    CompletableFuture<Receipt> receipt = later(leader, term, Page.BLANK, "late");
    awaitWrite(leader);

    destroySession();
    next.winsWithin(SOON);
    late.allowed().countDown();

    assertThat(late.said().get()).contains("Errors");
    isNotLeading(receipt.get(), "taken away");
    assertThat(page()).isEqualTo(Page.BLANK);
  }

  @Test
  void who_shares_a_session_with_the_next_leader_is_not_taken_for_it() throws Exception {
    ConsulParticipant process = joins(agent);
    Contender former = stands(process, election, "former");
    Contender next = stands(process, election, "next");
    Term term = former.winsAtOnce().lease().term();
    next.isRefused();
    Deed.Late late = new Deed.Late();
    meddleWithWrites(former, late);
    CompletableFuture<Receipt> receipt = later(former, term, Page.BLANK, "late");
    awaitWrite(former);

    former.resigns(term);
    Term second = next.winsWithin(SOON).lease().term();
    late.allowed().countDown();

    isNotLeading(receipt.get(), "taken away");
    process.meddler().behave();
    writes(next, second, Page.BLANK, "mine");
  }

  @Test
  void a_term_that_was_given_back_unheard_is_over() throws Exception {
    ConsulParticipant process = joins(agent);
    Contender former = stands(process, election, "former");
    Contender next = stands(process, election, "next");
    Term term = former.winsAtOnce().lease().term();
    next.isRefused();
    process
        .meddler()
        .meddle(request -> request.body().contains("unlock") ? Deed.SWALLOW : Deed.PASS);
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> former.resigns(term));
    process.meddler().behave();
    Term second = next.winsWithin(SOON).lease().term();

    isNotLeading(write(former, term, Page.BLANK, "late"), "taken away");
    assertThat(page()).isEqualTo(Page.BLANK);
    former.resigns(term);
    next.keeps(second);
    former.keepsNoMore(term);
  }

  @Test
  void a_key_that_somebody_wrote_to_is_held_nevertheless() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender next = stands(agent, election, "next");
    Term term = leader.winsAtOnce().lease().term();
    next.isRefused();

    agent.put(key(), "somebody was here");
    Page page = writes(leader, term, Page.BLANK, "first");
    agent.put(key(), "and here again");
    page = writes(leader, term, page, "second");
    leader.keeps(term);
    page = writes(leader, term, page, "third");
    assertThat(write(leader, term, Page.BLANK, "fourth")).isEqualTo(OVERTAKEN);

    assertThat(page()).isEqualTo(page);
    agent.put(key(), "and once more");
    destroySession();
    isNotLeading(write(leader, term, page, "fourth"), "is gone");
  }

  @Test
  void an_answer_that_was_lost_is_found_by_reading() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();

    meddleWithWrites(leader, Deed.SWALLOW);
    unavailable(leader, term);
    meddleWithWrites(leader, Deed.PASS);

    assertThat(write(leader, term, Page.BLANK, "page")).isEqualTo(OVERTAKEN);
    assertThat(runs(leader).read(BUDGET).text()).isEqualTo("page");
  }

  @Test
  void trouble_of_the_servers_is_no_answer() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    List<Deed> troubles =
        List.of(
            new Deed.Answer(500, "No cluster leader"),
            new Deed.Answer(500, "rpc error making call: stream closed"),
            new Deed.Answer(429, "too many"),
            new Deed.Answer(409, "not what Consul says"),
            new Deed.Answer(200, "{\"Results\": null, \"Errors\": null"),
            Deed.CUT);

    for (Deed trouble : troubles) {
      meddleWithWrites(leader, trouble);
      unavailable(leader, term);
    }
    meddleWithWrites(leader, new Deed.Answer(413, "Request body too large"));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> write(leader, term, Page.BLANK, "page"))
        .withMessageContaining("too large");
  }

  private static void unavailable(Contender leader, Term term) {
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> write(leader, term, Page.BLANK, "page"))
        .withMessageContaining("could not write ledger runs of");
  }

  @Test
  void a_refusal_whose_reason_cannot_be_read_is_no_answer() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    agent.put(ledgerKey(), "theirs");
    meddler(leader)
        .meddle(
            request ->
                request.is("GET", "/v1/kv/" + election) ? new Deed.Answer(500, "") : Deed.PASS);

    unavailable(leader, term);
    assertThat(page().text()).isEqualTo("theirs");
  }

  @Test
  void a_write_that_hangs_delays_no_renewal_and_ends_with_the_candidacy() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Deed.Late never = new Deed.Late();
    meddleWithWrites(leader, never);
    CompletableFuture<Receipt> first = later(leader, term, Page.BLANK, "page");
    CompletableFuture<Receipt> second = later(leader, term, Page.BLANK, "page");
    awaitWrite(leader);

    leader.keeps(term);
    assertThat(first).isNotDone();
    leader.close();

    for (CompletableFuture<Receipt> each : List.of(first, second)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(each::get)
          .withMessageContaining("closed");
    }
    never.allowed().countDown();
  }

  @Test
  void what_is_no_text_is_not_read_as_one() throws Exception {
    ConsulParticipant onlooker = joins(agent);
    agent.put(
        "/v1/txn",
        "[{\"KV\": {\"Verb\": \"set\", \"Key\": \"%s/.ballot/runs\", \"Value\": \"wyg=\"}}]"
            .formatted(election));

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> onlooker.store().readLedger(election, "runs", BUDGET))
        .withMessageContaining(election + "/.ballot/runs is no text");
  }

  @Test
  void who_waits_is_not_woken_by_what_the_leader_writes() throws Exception {
    Contender leader = stands(agent, election, "leader");
    Contender waiting = stands(agent, election, "waiting");
    Term term = leader.winsAtOnce().lease().term();
    waiting.isRefused();
    Page page = writes(leader, term, Page.BLANK, "0");
    for (Contender each : List.of(leader, waiting)) {
      Await.until("its watches wait", SOON, () -> waits(meddler(each)));
      meddler(each).forget();
      each.signals().forget();
    }

    for (int count = 1; count <= 50; count++) {
      page = writes(leader, term, page, Integer.toString(count));
    }

    assertThat(meddler(leader).requests().stream().filter(LedgerTest::reads)).isEmpty();
    assertThat(meddler(waiting).requests().stream().filter(LedgerTest::reads)).isEmpty();
    leader.resigns(term);
    assertThat(waiting.signals().await(SOON)).isTrue();
    waiting.winsWithin(SOON);
  }

  /** Both of its watches have seen what there is, and wait for more. */
  private boolean waits(Meddler meddler) {
    List<String> waiting =
        meddler.requests().stream()
            .map(Meddler.Request::line)
            .filter(line -> line.contains("index="))
            .toList();
    return waiting.stream().anyMatch(line -> line.contains(election + "/.ballot/"))
        && waiting.stream().anyMatch(line -> line.contains(election + "?"));
  }

  private static boolean reads(Meddler.Request request) {
    return request.is("GET", "/v1/kv/");
  }
}

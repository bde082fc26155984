package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt.NotLeading;
import ballot.api.Ledger.Receipt.Overtaken;
import ballot.api.RejectedException;
import ballot.api.Term;
import ballot.testkit.Await;
import ballot.testkit.GivenSettings;
import ballot.zookeeper.foreign.CandidateProcess;
import ballot.zookeeper.foreign.GoInfo;
import ballot.zookeeper.servers.RawClient;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a ledger stands among znodes, who may touch it, and who does not notice it. */
class LedgerZnodesTest extends OnServer {

  private static final String SECRET = "s3cr3t-w0rd";

  private Scribe stands(GivenSettings settings, ElectionName election) throws Exception {
    return closing(new Scribe(closing(Ours.backend().open(settings)), election, "bookkeeper"));
  }

  private Scribe stands(ElectionName election) throws Exception {
    return stands(Ours.at(server.address(), TIMEOUT), election);
  }

  private static String folder(ElectionName election) {
    return base(election) + ".ballot";
  }

  private static String runs(ElectionName election) {
    return folder(election) + "/runs";
  }

  @Test
  void it_stands_beside_the_base_znode_and_outlasts_its_writer() throws Exception {
    ElectionName election = freshElection();
    Scribe keeper = stands(election);

    Page page = keeper.writes(keeper.wins(), Page.BLANK, "the first");

    assertThat(client.text(runs(election))).isEqualTo("the first");
    assertThat(client.children(base(election))).hasSize(1).allMatch(Paths::isProposal);
    Stat stat = client.stat(runs(election));
    assertThat(stat.getEphemeralOwner()).isZero();
    assertThat(stat.getMzxid()).isEqualTo(page.version());
    assertThat(client.acl(runs(election))).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
    assertThat(client.text(folder(election))).isEmpty();
  }

  @Test
  void an_election_at_the_root_has_it_at_the_root() throws Exception {
    String name = "root-" + HexFormat.of().toHexDigits(new SplittableRandom().nextLong());
    ElectionName election = new ElectionName(name);
    Scribe keeper = stands(election);

    keeper.writes(keeper.wins(), Page.BLANK, "at the root");

    assertThat(client.text("/" + name + ".ballot/runs")).isEqualTo("at the root");
  }

  @Test
  void a_chroot_has_its_own() throws Exception {
    client.create("/rooms/ledger", "");
    ElectionName election = freshElection();
    Scribe keeper = stands(Ours.at(server.address() + "/rooms/ledger", TIMEOUT), election);

    keeper.writes(keeper.wins(), Page.BLANK, "in a room");

    assertThat(client.text("/rooms/ledger" + runs(election))).isEqualTo("in a room");
    assertThat(client.exists(folder(election))).isFalse();
  }

  @Test
  void a_chroot_that_is_missing_is_no_blank_page() throws Exception {
    ElectionStore store = joins(server.address() + "/not/there", TIMEOUT);

    assertThatThrownBy(() -> store.readLedger(freshElection(), "runs", BUDGET))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("/not/there");
  }

  @Test
  void it_belongs_to_its_creator_where_that_is_asked_for() throws Exception {
    ElectionName election = freshElection();
    GivenSettings settings =
        Ours.at(server.address(), TIMEOUT)
            .with("zookeeper.digest", "app:" + SECRET)
            .with("zookeeper.acl", "creator");
    Scribe keeper = stands(settings, election);

    keeper.writes(keeper.wins(), Page.BLANK, "private");

    try (RawClient app = new RawClient(server.address()).is("app:" + SECRET)) {
      String user = DigestAuthenticationProvider.generateDigest("app:" + SECRET);
      for (String path : List.of(folder(election), runs(election))) {
        assertThat(app.acl(path)).extracting(acl -> acl.getId().getId()).containsExactly(user);
      }
    }
    ElectionStore stranger = joins(server.address(), TIMEOUT);
    assertThatThrownBy(() -> stranger.readLedger(election, "runs", BUDGET))
        .isInstanceOf(RejectedException.class)
        .hasMessageContainingAll(runs(election), "r (read)");
  }

  /** For what is to go wrong, the znodes stand there already with these rights. */
  private static List<ACL> only(int rights) {
    // the client asks whether null is among them, which a list of the JDK's own does not answer
    return Collections.singletonList(new ACL(rights, ZooDefs.Ids.ANYONE_ID_UNSAFE));
  }

  private void isRefused(ElectionName election, Page before, String path, String right)
      throws Exception {
    Scribe keeper = stands(election);
    Term term = keeper.wins();

    assertThatThrownBy(() -> keeper.tries(term, before, "x"))
        .isInstanceOf(RejectedException.class)
        .hasMessageContainingAll("'runs' of " + election, path + " does not grant", right);

    keeper.keeps(term);
  }

  @Test
  void a_ledger_that_must_not_be_written_is_refused_with_its_path_and_the_right() throws Exception {
    ElectionName election = freshElection();
    client.create(runs(election), "old", only(ZooDefs.Perms.READ));
    Page old = new Page("old", client.stat(runs(election)).getMzxid());

    isRefused(election, old, runs(election), "w (write)");
  }

  @Test
  void a_ledger_that_must_not_be_read_is_refused_with_its_path_and_the_right() throws Exception {
    ElectionName election = freshElection();
    client.create(runs(election), "old", only(ZooDefs.Perms.WRITE));

    isRefused(election, Page.BLANK, runs(election), "r (read)");
  }

  @Test
  void a_ledger_that_must_not_be_made_is_refused_with_the_path_and_the_right() throws Exception {
    ElectionName election = freshElection();
    client.create(folder(election), "", only(ZooDefs.Perms.READ));

    isRefused(election, Page.BLANK, folder(election), "c (create)");
  }

  @Test
  void a_place_for_ledgers_that_must_not_be_made_is_refused_with_the_path_and_the_right()
      throws Exception {
    String parent = "/" + freshElection();
    ElectionName election = new ElectionName(parent + "/mine");
    client.create(parent, "", only(ZooDefs.Perms.ALL));
    client.create(parent + "/mine", "");
    client.restrict(parent, only(ZooDefs.Perms.READ));

    isRefused(election, Page.BLANK, parent, "c (create)");
  }

  @Test
  void what_somebody_else_put_there_stops_nobody_who_reads_it_first() throws Exception {
    ElectionName election = freshElection();
    client.create(folder(election) + "/proposal-0000000000", "not JSON");
    client.create(runs(election), "");
    Scribe keeper = stands(election);
    Term term = keeper.wins();

    Page found = keeper.reads();

    assertThat(found.text()).isEmpty();
    assertThat(found.version()).isNotEqualTo(Page.BLANK.version());
    assertThat(keeper.tries(term, Page.BLANK, "x")).isInstanceOf(Overtaken.class);
    keeper.writes(term, found, "y");
  }

  @Test
  void what_is_no_text_is_refused_when_it_is_read() throws Exception {
    ElectionName election = freshElection();
    client.create(runs(election), "");
    client.write(runs(election), new byte[] {(byte) 0xC3, 0x28});
    Scribe keeper = stands(election);
    keeper.wins();

    assertThatThrownBy(keeper::reads)
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining(runs(election));
    ElectionStore onlooker = joins(server.address(), TIMEOUT);
    assertThatThrownBy(() -> onlooker.readLedger(election, "runs", BUDGET))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining(runs(election));
  }

  @Test
  void a_ledger_that_somebody_deleted_and_made_anew_is_another_page() throws Exception {
    ElectionName election = freshElection();
    Scribe keeper = stands(election);
    Term term = keeper.wins();
    Page page = keeper.writes(term, Page.BLANK, "old");

    client.delete(runs(election));
    assertThat(keeper.tries(term, page, "after it")).isInstanceOf(Overtaken.class);
    assertThat(keeper.reads()).isEqualTo(Page.BLANK);
    Page anew = keeper.writes(term, Page.BLANK, "old"); // as often written as the one before

    assertThat(anew.version()).isNotEqualTo(page.version());
    assertThat(keeper.tries(term, page, "after the old one")).isInstanceOf(Overtaken.class);
    assertThat(keeper.reads()).isEqualTo(anew);
  }

  @Test
  void two_ledgers_that_begin_at_once_are_both_begun() throws Exception {
    ElectionName election = freshElection();
    Scribe keeper = stands(election);
    Term term = keeper.wins();

    for (int round = 0; round < 20; round++) {
      if (client.exists(folder(election))) {
        client
            .children(folder(election))
            .forEach(each -> client.delete(folder(election) + "/" + each));
        client.delete(folder(election));
      }
      var begun =
          List.of("runs", "history").stream()
              .map(
                  name ->
                      CompletableFuture.supplyAsync(
                          () -> begins(keeper, name, term), task -> new Thread(task).start()))
              .toList();
      begun.forEach(CompletableFuture::join);
      assertThat(client.children(folder(election))).containsExactly("history", "runs");
    }
  }

  private static Object begins(Scribe keeper, String name, Term term) {
    try {
      return keeper.ledger(name).write(term, Page.BLANK, name, BUDGET);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"test/a.ballot", "a.ballot/runs", "a.ballot"})
  void an_election_that_could_be_the_place_of_a_ledger_is_refused(String name) throws Exception {
    ElectionName election = new ElectionName(name);
    Scribe keeper = stands(election);
    ElectionStore onlooker = joins(server.address(), TIMEOUT);

    assertThatThrownBy(() -> keeper.candidacy().campaign(BUDGET))
        .isInstanceOf(RejectedException.class)
        .hasMessageContainingAll(name, ".ballot", "choose another name");
    assertThatThrownBy(() -> onlooker.observe(election, BUDGET))
        .isInstanceOf(RejectedException.class);
    assertThat(client.exists(base(election))).isFalse();
  }

  @Test
  void candidates_of_the_go_tool_and_its_info_do_not_notice_it() throws Exception {
    ElectionName election = freshElection();
    Scribe ours = stands(election);
    Term term = ours.wins();
    Page page = ours.writes(term, Page.BLANK, "of our term");
    CandidateProcess theirs =
        closing(CandidateProcess.go(server.address(), base(election), TIMEOUT, "theirs", folder));
    theirs.stands();
    ours.keeps(term);
    page = ours.writes(term, page, "beside theirs");
    assertThat(GoInfo.of(client, base(election)).line()).containsExactly("bookkeeper", "theirs");

    ours.candidacy().resign(term, BUDGET);
    theirs.leads();

    assertThat(ours.tries(term, page, "too late")).isInstanceOf(NotLeading.class);
    Await.until("it leads alone", SOON, () -> GoInfo.of(client, base(election)).line().size() == 1);
    ElectionStore onlooker = joins(server.address(), TIMEOUT);
    assertThat(onlooker.readLedger(election, "runs", BUDGET)).isEqualTo(page);
    assertThat(onlooker.observe(election, BUDGET).candidates()).hasSize(1);
  }
}

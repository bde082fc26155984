package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import ballot.zookeeper.servers.Ports;
import ballot.zookeeper.servers.Proxy;
import ballot.zookeeper.servers.RawClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told who got an address, a right or a timeout wrong; soon, and no secret. */
class AccessTest extends OnServer {

  private static final String SECRET = "s3cr3t-w0rd";
  private static final Duration SECONDS = Duration.ofSeconds(5);

  private Notes notes;

  @BeforeEach
  void listen() {
    notes = new Notes();
  }

  @AfterEach
  void no_secret_was_logged() {
    notes.close();
    assertThat(notes.all()).noneMatch(note -> note.contains(SECRET));
  }

  private GivenSettings settings() {
    return Ours.at(server.address(), TIMEOUT);
  }

  private Verdict asks(GivenSettings settings, ElectionName election) throws StoreException {
    ElectionStore store = closing(Ours.backend().open(settings));
    return closing(store.stand(election, Contender.candidate("candidate"), () -> {}))
        .campaign(SECONDS);
  }

  /** What it is told; it is told soon. */
  private String fails(
      Class<? extends StoreException> kind, GivenSettings settings, ElectionName election) {
    long start = System.nanoTime();
    try {
      throw new AssertionError("no failure but " + asks(settings, election));
    } catch (StoreException failure) {
      assertThat(between(start, System.nanoTime())).isLessThan(SECONDS.plus(BUSY));
      assertThat(failure).isInstanceOf(kind);
      assertThat(failure.toString()).doesNotContain(SECRET);
      return failure instanceof RejectedException rejected
          ? rejected.setting().orElse("") + ": " + failure
          : failure.toString();
    }
  }

  private static List<ACL> onlyFor(String user, String password) throws Exception {
    String id = DigestAuthenticationProvider.generateDigest(user + ":" + password);
    // the client asks whether null is among them, which a list of the JDK's own does not answer
    return Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("digest", id)));
  }

  private void elects(GivenSettings settings, ElectionName election) throws StoreException {
    assertThat(insist(() -> asks(settings, election))).isInstanceOf(Elected.class);
  }

  @Test
  void the_right_digest_password_leads_where_only_that_user_may() throws Exception {
    ElectionName election = freshElection();
    client.create(base(election), "", onlyFor("app", SECRET));

    elects(settings().with("zookeeper.digest", "app:" + SECRET), election);
  }

  @Test
  void a_wrong_digest_password_is_refused_with_a_clear_error() throws Exception {
    ElectionName election = freshElection();
    client.create(base(election), "", onlyFor("app", "another"));

    String told =
        fails(
            RejectedException.class,
            settings().with("zookeeper.digest", "app:" + SECRET),
            election);

    assertThat(told).contains(election.path(), "zookeeper.digest");
  }

  @Test
  void no_rights_on_a_parent_are_a_clear_error() throws Exception {
    ElectionName parent = freshElection();
    client.create(base(parent), "", ZooDefs.Ids.READ_ACL_UNSAFE);

    String told =
        fails(RejectedException.class, settings(), new ElectionName(parent.path() + "/mine"));

    assertThat(told).contains(parent.path());
  }

  @Test
  void what_is_made_belongs_to_its_creator_where_that_is_asked_for() throws Exception {
    ElectionName election = new ElectionName("private/" + freshElection());
    GivenSettings settings =
        settings()
            .with("zookeeper.digest", "app:" + SECRET)
            .with(Ours.setting("--zookeeper-acl"), "creator");

    elects(settings, election);

    try (RawClient app = new RawClient(server.address()).is("app:" + SECRET)) {
      String user = DigestAuthenticationProvider.generateDigest("app:" + SECRET);
      String proposal = base(election) + "/" + app.children(base(election)).getFirst();
      for (String path : List.of(base(election), proposal)) {
        assertThat(app.acl(path)).extracting(acl -> acl.getId().getId()).containsExactly(user);
      }
    }
  }

  @Test
  void others_may_have_elections_beside_one_that_belongs_to_its_creator() throws Exception {
    String shared = "shared-" + freshElection();
    elects(
        settings()
            .with("zookeeper.digest", "app:" + SECRET)
            .with(Ours.setting("--zookeeper-acl"), "creator"),
        new ElectionName(shared + "/private"));

    elects(settings(), new ElectionName(shared + "/open"));
  }

  @Test
  void the_creator_must_be_somebody() {
    String told =
        fails(
            RejectedException.class,
            settings().with(Ours.setting("--zookeeper-acl"), "creator"),
            freshElection());

    assertThat(told).containsIgnoringCase("acl");
  }

  @Test
  void a_chroot_that_is_missing_is_a_clear_error() {
    String told =
        fails(
            RejectedException.class,
            Ours.at(server.address() + "/not/there", TIMEOUT),
            freshElection());

    assertThat(told).contains("/not/there");
  }

  @Test
  void a_chroot_that_is_missing_is_a_clear_error_for_an_onlooker_too() throws Exception {
    ElectionStore store = joins(server.address() + "/not/there", TIMEOUT);

    assertThatThrownBy(() -> store.observe(freshElection(), SECONDS))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("/not/there");
  }

  @Test
  void a_chroot_keeps_elections_apart() throws Exception {
    client.create("/rooms/a", "");
    client.create("/rooms/b", "");
    ElectionName election = freshElection();

    elects(Ours.at(server.address() + "/rooms/a", TIMEOUT), election);
    elects(Ours.at(server.address() + "/rooms/b", TIMEOUT), election);

    assertThat(client.children("/rooms/a" + base(election))).hasSize(1);
    assertThat(client.exists(base(election))).isFalse();
  }

  @Test
  void a_path_below_an_ephemeral_znode_is_a_clear_error() {
    ElectionName election = freshElection();
    client.create(base(election), "");
    String ephemeral = client.createSequential(base(election) + "/gone-tomorrow-", "");

    String told =
        fails(
            RejectedException.class,
            settings(),
            new ElectionName(ephemeral.substring(1) + "/election"));

    assertThat(told).contains(ephemeral.substring(1));
  }

  @ParameterizedTest
  @CsvSource({
    "closed, connection refused; is ZooKeeper running there? --zookeeper-servers",
    "hanging, takes connections but begins no session",
    "nowhere.invalid:2181, unknown host; is ZooKeeper running there? --zookeeper-servers"
  })
  void an_ensemble_that_cannot_be_reached_is_unavailable_and_named(String what, String why) {
    String servers =
        switch (what) {
          case "closed" -> "127.0.0.1:" + Ports.free(1).getFirst();
          case "hanging" -> hanging();
          default -> what;
        };

    String told = fails(UnavailableException.class, Ours.at(servers, TIMEOUT), freshElection());

    assertThat(told).contains(servers, why);
  }

  private String hanging() {
    Proxy proxy = proxy();
    proxy.hang();
    return proxy.address();
  }

  @Test
  void half_a_list_that_cannot_be_reached_costs_nothing_but_a_moment() throws Exception {
    int closed = Ports.free(1).getFirst();
    String servers =
        "127.0.0.1:%d,%s,nowhere.invalid:2181,%s".formatted(closed, server.address(), hanging());

    for (int attempt = 0; attempt < 5; attempt++) { // the client begins anywhere in the list
      ElectionName election = freshElection();
      ElectionStore store = joins(servers, Duration.ofSeconds(8));
      Campaigner campaigner = closing(new Campaigner(store, election, "half-" + attempt, witness));
      // A server that takes connections and says nothing costs the client a part of its timeout.
      Await.until(campaigner + " leads", SECONDS.multipliedBy(2), campaigner::isWorking);
      campaigner.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "500ms"})
  void a_session_timeout_that_the_server_does_not_grant_is_noted_and_the_granted_one_is_used(
      String asked) throws Exception {
    Duration granted = asked.equals("1m") ? Duration.ofSeconds(10) : Duration.ofSeconds(1);
    ElectionName election = freshElection();
    ElectionStore store =
        closing(
            Ours.backend()
                .open(
                    Ours.at(server.address(), TIMEOUT)
                        .with(Ours.setting("--zookeeper-session-timeout"), asked)));
    Candidacy candidacy =
        closing(store.stand(election, Contender.candidate("candidate"), () -> {}));

    Elected elected = (Elected) candidacy.campaign(BUDGET);
    candidacy.renew(elected.lease().term(), BUDGET);

    assertThat(elected.lease().validFor()).isLessThanOrEqualTo(granted);
    assertThat(notes.warnings())
        .filteredOn(note -> note.contains(asked))
        .hasSize(1)
        .allMatch(note -> note.contains(granted.toSeconds() + "s"));
  }
}

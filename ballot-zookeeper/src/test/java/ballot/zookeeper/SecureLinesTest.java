package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import ballot.zookeeper.servers.Certificates;
import ballot.zookeeper.servers.Secured;
import ballot.zookeeper.servers.Server;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that prove who they are, and ask their clients to: right and wrong. */
class SecureLinesTest extends OnServers {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final String USER = "app";
  private static final String PASSWORD = "s3cr3t-w0rd";

  @TempDir private static Path files;

  private static Certificates certificates;
  private static Server trusting;
  private static Server asking;
  private static Server elsewhere;
  private static Server sasl;

  private Notes notes;

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.make(files);
    trusting = Server.launched(Secured.tls(certificates, "server", false));
    asking = Server.launched(Secured.tls(certificates, "server", true));
    elsewhere = Server.launched(Secured.tls(certificates, "elsewhere", false));
    sasl = Server.launched(Secured.sasl(files, USER, PASSWORD));
    trusting.ready();
    asking.ready();
    elsewhere.ready();
    sasl.ready();
  }

  @AfterAll
  static void stop() {
    trusting.close();
    asking.close();
    elsewhere.close();
    sasl.close();
  }

  @BeforeEach
  void listen() {
    notes = new Notes();
  }

  @AfterEach
  void no_secret_was_logged() {
    notes.close();
    assertThat(notes.all())
        .noneMatch(note -> note.contains(PASSWORD) || note.contains(Certificates.PASSWORD));
  }

  private static GivenSettings tls(Server server, Path trusted) {
    GivenSettings settings =
        Ours.at(server.secureAddress(), TIMEOUT)
            .with(Ours.setting("--zookeeper-tls"), "true")
            .with(Ours.setting("--zookeeper-tls-trust-store"), trusted.toString());
    return trusted.toString().endsWith(".p12")
        ? settings.with("zookeeper.tls-trust-store-password", Certificates.PASSWORD)
        : settings;
  }

  private static GivenSettings showing(GivenSettings settings, Path keys) {
    GivenSettings shown = settings.with(Ours.setting("--zookeeper-tls-key-store"), keys.toString());
    return keys.toString().endsWith(".p12")
        ? shown.with("zookeeper.tls-key-store-password", Certificates.PASSWORD)
        : shown;
  }

  private static GivenSettings sasl(String user, String password) {
    return Ours.at(sasl.address(), TIMEOUT)
        .with("zookeeper.sasl-user", user)
        .with("zookeeper.sasl-password", password);
  }

  private Verdict asks(GivenSettings settings) throws StoreException {
    ElectionStore store = closing(Ours.backend().open(settings));
    return closing(store.stand(freshElection(), Contender.candidate("candidate"), () -> {}))
        .campaign(BUDGET);
  }

  private void elects(GivenSettings settings) throws StoreException {
    assertThat(insist(() -> asks(settings))).isInstanceOf(Elected.class);
  }

  /** What it is told; it is told soon. */
  private String fails(GivenSettings settings) {
    long start = System.nanoTime();
    try {
      throw new AssertionError("no failure but " + asks(settings));
    } catch (StoreException failure) {
      assertThat(between(start, System.nanoTime())).isLessThan(BUDGET.plusSeconds(1));
      assertThat(failure.toString()).doesNotContain(PASSWORD, Certificates.PASSWORD);
      return failure.toString();
    }
  }

  @Test
  void a_server_whose_authority_is_trusted_is_believed() throws Exception {
    elects(tls(trusting, certificates.trust("authority")));
    elects(tls(trusting, certificates.pem("authority")));
  }

  @Test
  void a_server_of_a_strangers_authority_is_not_believed() {
    assertThat(fails(tls(trusting, certificates.trust("stranger"))))
        .contains(trusting.secureAddress())
        .containsIgnoringCase("certificate");
  }

  @Test
  void a_server_with_the_certificate_of_another_name_is_not_believed() {
    assertThat(fails(tls(elsewhere, certificates.trust("authority"))))
        .contains(elsewhere.secureAddress())
        .containsIgnoringCase("certificate");
  }

  @Test
  void a_server_that_asks_for_a_certificate_gets_ours() throws Exception {
    GivenSettings settings = tls(asking, certificates.trust("authority"));

    elects(showing(settings, certificates.keys("client")));
    elects(showing(settings, certificates.keysAsText("client")));
  }

  @Test
  void a_server_that_asks_for_a_certificate_and_gets_none_is_named() {
    assertThat(fails(tls(asking, certificates.trust("authority"))))
        .contains(asking.secureAddress());
  }

  @Test
  void plain_words_to_a_server_that_speaks_tls_are_a_clear_failure() {
    assertThat(fails(Ours.at(trusting.secureAddress(), TIMEOUT)))
        .contains(trusting.secureAddress());
  }

  @Test
  void tls_to_a_server_that_speaks_plainly_is_a_clear_failure() {
    GivenSettings settings =
        tls(trusting, certificates.trust("authority"))
            .with(Ours.setting("--zookeeper-servers"), trusting.address());

    assertThat(fails(settings)).contains(trusting.address());
  }

  @Test
  void the_right_user_of_sasl_leads() throws Exception {
    elects(sasl(USER, PASSWORD));
  }

  @Test
  void a_wrong_password_of_sasl_is_a_clear_failure() {
    assertThat(fails(sasl(USER, "not-" + PASSWORD + "-at-all"))).containsIgnoringCase("sasl");
  }

  @Test
  void a_server_that_lets_in_nobody_without_sasl_is_a_clear_failure() {
    assertThat(fails(Ours.at(sasl.address(), TIMEOUT))).contains("zookeeper.sasl-user");
  }

  @Test
  void who_was_refused_for_a_while_is_let_in_again() throws Exception {
    Path secrets = folder("sasl");
    Server server = closing(Server.start(Secured.sasl(secrets, USER, PASSWORD)));
    ElectionStore store =
        closing(
            Ours.backend().open(sasl(USER, PASSWORD).with("zookeeper-servers", server.address())));
    Campaigner candidate = closing(new Campaigner(store, freshElection(), "candidate", witness));
    awaitWork(candidate);

    server.kill();
    var unused = Secured.sasl(secrets, USER, "another");
    server.launch();
    server.ready();
    Await.until(
        "it is refused",
        SOON,
        () -> candidate.failures().stream().anyMatch(RejectedException.class::isInstance));

    server.kill();
    unused = Secured.sasl(secrets, USER, PASSWORD);
    server.launch();
    server.ready();
    Await.until("it works again", SOON, candidate::isWorking);
  }
}

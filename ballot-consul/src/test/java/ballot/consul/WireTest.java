package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import ballot.testkit.Signals;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ways to an agent: unix sockets, TLS, names, user information; and what goes over them. */
class WireTest extends OnAgent {

  private static Path dir;
  private static ConsulAgent agent;

  @BeforeAll
  static void start() throws Exception {
    dir = Files.createTempDirectory("ballot-wire-");
    certificates("ca", "create");
    certificates("cert", "create", "-server", "-dc", "dc1");
    certificates("cert", "create", "-client");
    int port = ConsulAgent.Ports.free().https();
    String config =
        """
        {"ports": {"https": %d}, "addresses": {"http": "127.0.0.1 unix://%s"},
         "ca_file": "%s", "cert_file": "%s", "key_file": "%s",
         "verify_incoming_https": true}
        """
            .formatted(
                port,
                dir.resolve("agent.sock"),
                pem("consul-agent-ca.pem"),
                pem("dc1-server-consul-0.pem"),
                pem("dc1-server-consul-0-key.pem"));
    agent = ConsulAgent.configured(config, "").ready();
    httpsPort = port;
  }

  private static int httpsPort;

  @AfterAll
  static void stop() throws IOException {
    agent.close();
    try (var files = Files.walk(dir)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private static String pem(String name) {
    return dir.resolve(name).toString();
  }

  private static void certificates(String... what) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(ConsulAgent.program(), "tls"));
    command.addAll(List.of(what));
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private final ElectionName election = freshElection();

  private static Elected campaigns(GivenSettings settings, ElectionName election) throws Exception {
    try (ElectionStore store = new ConsulBackend().open(settings);
        var candidacy = store.stand(election, Contender.candidate("one"), new Signals())) {
      Elected elected = (Elected) candidacy.campaign(BUDGET);
      candidacy.renew(elected.lease().term(), BUDGET);
      candidacy.resign(elected.lease().term(), BUDGET);
      return elected;
    }
  }

  private static GivenSettings at(String address) {
    return patient().with("consul.address", address);
  }

  private static GivenSettings secure() {
    return at("https://127.0.0.1:" + httpsPort)
        .with("consul.tls-ca-file", pem("consul-agent-ca.pem"))
        .with("consul.tls-cert-file", pem("dc1-client-consul-0.pem"))
        .with("consul.tls-key-file", pem("dc1-client-consul-0-key.pem"));
  }

  @Test
  void a_unix_socket_works() throws Exception {
    campaigns(at("unix://" + dir.resolve("agent.sock")), election);
  }

  @Test
  void a_question_that_hangs_on_a_unix_socket_ends_with_its_budget() throws Exception {
    Path silent = dir.resolve("silent.sock");
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(silent));
      long start = System.nanoTime();
      try (ElectionStore store = new ConsulBackend().open(at("unix://" + silent))) {
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> store.observe(election, Duration.ofMillis(300)))
            .withMessageContaining("no answer within");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void a_host_by_name_works() throws Exception {
    campaigns(at("http://localhost:" + agent.port()), election);
  }

  @Test
  void a_name_that_nobody_knows_is_unavailable() throws Exception {
    try (ElectionStore store = new ConsulBackend().open(at("nobody.invalid:8500"))) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> store.observe(election, Duration.ofSeconds(2)))
          .withMessageContaining("nobody.invalid");
    }
  }

  @Test
  void tls_with_a_certificate_of_our_own_works() throws Exception {
    campaigns(secure(), election);
  }

  @Test
  void tls_that_is_asked_for_by_a_setting_is_tls() throws Exception {
    campaigns(
        secure().with("consul.address", "127.0.0.1:" + httpsPort).with("consul.tls", "true"),
        election);
  }

  @Test
  void a_folder_of_authorities_works() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("authorities"));
    Files.copy(dir.resolve("consul-agent-ca.pem"), folder.resolve("one.pem"));

    campaigns(
        at("https://127.0.0.1:" + httpsPort)
            .with("consul.tls-ca-path", folder.toString())
            .with("consul.tls-cert-file", pem("dc1-client-consul-0.pem"))
            .with("consul.tls-key-file", pem("dc1-client-consul-0-key.pem")),
        election);
  }

  @Test
  void the_name_in_the_certificate_is_checked_against_the_server_name() throws Exception {
    campaigns(secure().with("consul.tls-server-name", "server.dc1.consul"), election);

    isUnavailable(secure().with("consul.tls-server-name", "other.dc1.consul"), "TLS");
  }

  @Test
  void an_unknown_authority_is_not_trusted_unless_told_to() throws Exception {
    GivenSettings unknown =
        at("https://127.0.0.1:" + httpsPort)
            .with("consul.tls-cert-file", pem("dc1-client-consul-0.pem"))
            .with("consul.tls-key-file", pem("dc1-client-consul-0-key.pem"));

    isUnavailable(unknown, "TLS");
    campaigns(unknown.with("consul.tls-verify", "false"), election);
  }

  @Test
  void an_agent_that_wants_a_certificate_does_not_let_us_in_without() throws Exception {
    isUnavailable(
        at("https://127.0.0.1:" + httpsPort).with("consul.tls-ca-file", pem("consul-agent-ca.pem")),
        "");
  }

  @Test
  void who_speaks_another_language_than_the_agent_is_told_which() throws Exception {
    isUnavailable(at("https://127.0.0.1:" + agent.port()), "does not speak TLS");
    try (ElectionStore store = new ConsulBackend().open(at("127.0.0.1:" + httpsPort))) {
      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> store.observe(election, BUDGET))
          .withMessageContaining("write https://");
    }
  }

  @Test
  void where_nobody_listens_it_is_said_what_to_look_at() throws Exception {
    isUnavailable(at("127.0.0.1:1"), "is a Consul agent running there? --consul-address");
  }

  private void isUnavailable(GivenSettings settings, String because) throws Exception {
    try (ElectionStore store = new ConsulBackend().open(settings)) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> store.observe(election, BUDGET))
          .withMessageContaining(because);
    }
  }

  @Test
  void user_information_of_an_address_is_sent_and_never_shown() throws Exception {
    try (Meddler meddler = new Meddler(agent.port())) {
      GivenSettings settings = at("http://someone:s3cr3t%40word@" + meddler.address());
      campaigns(settings, election);
      meddler.meddle(new Meddler.Deed.Answer(500, "what is s3cr3t@word doing here"));

      assertThat(meddler.requests())
          .allSatisfy(
              request ->
                  assertThat(request.header("authorization"))
                      .isEqualTo("Basic c29tZW9uZTpzM2NyM3RAd29yZA=="));
      try (ElectionStore store = new ConsulBackend().open(settings)) {
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> store.observe(election, BUDGET))
            .satisfies(
                silent -> assertThat(silent.getMessage()).doesNotContain("s3cr3t", "someone"));
      }
    }
  }

  @Test
  void a_proxy_that_wants_a_password_is_said_so() throws Exception {
    try (Meddler meddler = new Meddler(agent.port());
        ElectionStore store = new ConsulBackend().open(at(meddler.address()))) {
      meddler.meddle(new Meddler.Deed.Answer(401, "who are you"));

      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> store.observe(election, BUDGET))
          .satisfies(rejected -> assertThat(rejected.setting()).contains("consul.http-auth"));
    }
  }

  @Test
  void a_namespace_goes_with_every_request_and_into_the_session() throws Exception {
    try (Meddler meddler = new Meddler(agent.port());
        ElectionStore store =
            new ConsulBackend().open(at(meddler.address()).with("consul.namespace", "team one"));
        var candidacy = store.stand(election, Contender.candidate("one"), new Signals())) {
      meddler.meddle(WireTest::asAnEnterpriseAgent);

      candidacy.campaign(BUDGET);
      store.observe(election, BUDGET);

      assertThat(meddler.requests())
          .hasSizeGreaterThan(3)
          .allSatisfy(request -> assertThat(request.line()).contains("ns=team%20one"));
      assertThat(meddler.requests())
          .filteredOn(request -> request.is("PUT", "/v1/session/create"))
          .allSatisfy(
              request ->
                  assertThat(JsonParser.parseString(request.body()).toString())
                      .contains("\"Namespace\":\"team one\""));
    }
  }

  /** Says yes to all, as far as a candidate notices. */
  private static Meddler.Deed asAnEnterpriseAgent(Meddler.Request request) {
    if (request.is("PUT", "/v1/session/create")) {
      return new Meddler.Deed.Answer(200, "{\"ID\": \"ac050bbe-f721-3dee-5f95-5a7cbb1188b9\"}");
    }
    if (request.is("GET", "/v1/kv/")) {
      return new Meddler.Deed.Answer(200, "[]");
    }
    if (request.is("PUT", "/v1/txn")) {
      JsonObject refused =
          JsonParser.parseString(
                  "{\"Errors\": [{\"OpIndex\": 1, \"What\": \"failed due to lock delay\"}]}")
              .getAsJsonObject();
      return new Meddler.Deed.Answer(409, refused.toString());
    }
    return new Meddler.Deed.Answer(200, "");
  }

  @Test
  void a_datacenter_goes_with_every_request_that_reaches_a_server() throws Exception {
    try (Meddler meddler = new Meddler(agent.port())) {
      campaigns(at(meddler.address()).with("consul.datacenter", "dc1"), election);

      assertThat(meddler.requests())
          .filteredOn(request -> !request.line().contains("/v1/agent/"))
          .hasSizeGreaterThan(3)
          .allSatisfy(request -> assertThat(request.line()).contains("dc=dc1"));
    }
  }
}

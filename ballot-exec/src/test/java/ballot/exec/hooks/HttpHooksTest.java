package ballot.exec.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ballot.api.Hook;
import ballot.api.HookOutcome;
import ballot.testkit.HookCalls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HttpHooksTest extends HttpHooksContract {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  @Nullable TlsIdentity identity() {
    return null;
  }

  @Override
  String scheme() {
    return "http";
  }

  @Test
  void posts_json() {
    HookOutcome outcome =
        run(at("/hooks/${BALLOT_RUN_SERVICE}?who=${BALLOT_RUN_REASON}&p=${PORT}"));

    assertThat(outcome).isEqualTo(new HookOutcome(true, "204 No Content from " + shown()));
    assertThat(server().requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.method()).isEqualTo("POST");
              assertThat(request.target())
                  .startsWith("/hooks/the-service?who=it%20was%20elected:%20%22at%20last%22%20%26")
                  .endsWith("&p=8642");
              assertThat(request.headers().getFirst("Content-type")).isEqualTo("application/json");
              assertThat(request.headers().getFirst("Host")).isEqualTo("localhost:" + port());
              assertThat(request.headers()).doesNotContainKey("Authorization");
              assertThat(request.body())
                  .isEqualTo(
                      """
                      {"role":"promote",\
                      "reason":"it was elected: \\"at last\\" & $(so) `on`; ünd\\nso weiter",\
                      "service":"the-service","election":"the/election",\
                      "candidate":"the-candidate","host":"the-host","pid":2317,\
                      "backend":"the-backend","term":4815162342,"session":"the-session",\
                      "address":"192.0.2.17","port":8642,\
                      "previousLeader":"the-previous-leader","leader":"the-leader"}\
                      """);
            });
  }

  @Test
  void says_null_where_nothing_is_known() {
    prepared(at("/")).run(HookCalls.bare(), LIMIT, this::hear);

    assertThat(server().requests().getLast().body())
        .endsWith(
            "\"session\":\"\",\"address\":\"\",\"port\":0,\"previousLeader\":null,\"leader\":null}");
  }

  @Test
  void makes_a_header_of_user_information_and_shows_it_nowhere() {
    String text = "http://j%C3%BCrgen:s3cr%40t+x@localhost:" + port() + "/secret";

    HookOutcome outcome = run(text);

    String encoded =
        Base64.getEncoder().encodeToString("jürgen:s3cr@t+x".getBytes(StandardCharsets.UTF_8));
    assertThat(server().requests().getLast().headers().getFirst("Authorization"))
        .isEqualTo("Basic " + encoded);
    assertThat(server().requests().getLast().target()).isEqualTo("/secret");
    assertThat(outcome.message()).isEqualTo("401 Unauthorized from " + shown());
    assertThat(lines).containsExactly("no Basic ***");
  }

  @Test
  void takes_user_information_from_variables() {
    Hook hook =
        executor()
            .prepare(
                "http://${WHO}:${PASS}@localhost:" + port() + "/ok",
                Map.of("WHO", "me", "PASS", "p@ss/w:rd"));

    assertThat(hook.run(HookCalls.promotion(), LIMIT, this::hear).success()).isTrue();
    assertThat(server().requests().getLast().headers().getFirst("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("me:p@ss/w:rd".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void repeats_no_secret_of_an_address_that_is_none() {
    for (String text :
        List.of("http://me:s3cret@host:99999/", "http://me:s3cret@ho st/", "http://me:s3cret@/")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> prepared(text))
          .withMessageNotContaining("s3cret")
          .withNoCause();
    }
  }

  @Test
  void follows_no_redirect() {
    HookOutcome outcome = run(at("/away"));

    assertThat(outcome.success()).isFalse();
    assertThat(outcome.message()).isEqualTo("307 from " + shown() + "; redirects are not followed");
    assertThat(server().requests()).hasSize(1);
  }

  @Test
  void cuts_what_an_error_says() {
    assertThat(run(at("/fail")).message()).isEqualTo("500 Internal Server Error from " + shown());
    assertThat(lines).hasSize(3).startsWith("first", "it went wrong");
    assertThat(String.join("", lines)).hasSizeLessThan(4200);
    lines.clear();

    run(at("/many"));
    assertThat(lines).hasSize(20);
  }

  @Test
  void reads_no_more_than_the_beginning_of_an_error() {
    long begun = System.nanoTime();

    assertThat(run(at("/flood")).message()).isEqualTo("500 Internal Server Error from " + shown());

    assertThat(lines).hasSize(20).containsOnly("more and more");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void says_that_nobody_listens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(run("http://127.0.0.1:" + free + "/x?token=1").message())
        .isEqualTo("could not connect to http://127.0.0.1:" + free + "/…: refused");
    assertThat(run("http://no-such-host.invalid/").message())
        .isEqualTo("no answer from http://no-such-host.invalid/: no such host");
  }

  @Test
  void does_not_wait_for_ever_for_an_answer_that_trickles() throws Exception {
    try (SilentServer slow = new SilentServer("HTTP/1.1 200 OK\r\nX-More: x\r\n")) {
      String address = "http://127.0.0.1:" + slow.port() + "/";
      long begun = System.nanoTime();

      HookOutcome outcome =
          prepared(address).run(HookCalls.promotion(), Duration.ofMillis(300), this::hear);

      assertThat(outcome)
          .isEqualTo(new HookOutcome(false, "no answer from " + address + " within 300ms"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      isSoon("the connection is closed", () -> slow.connections() == 0);
    }
  }

  @Test
  void is_not_confused_by_what_is_not_http() throws Exception {
    try (SilentServer chatty = new SilentServer("220 mail.example ESMTP\r\n")) {
      HookOutcome outcome =
          prepared("http://127.0.0.1:" + chatty.port())
              .run(HookCalls.promotion(), Duration.ofSeconds(5), this::hear);

      assertThat(outcome.success()).isFalse();
    }
  }

  @Test
  void claims_addresses_alone() {
    assertThat(List.of("http://h", "https://h", "HTTP://h", " http://h"))
        .allMatch(executor()::claims);
    assertThat(List.of("curl http://h", "httpd", "http:h", "ftp://h"))
        .noneMatch(executor()::claims);
  }

  @Test
  void takes_hosts_as_they_are_named() {
    assertThat(Target.of("http://my_container:8080/").toString())
        .isEqualTo("http://my_container:8080/");
    assertThat(Target.of("https://[::1]:8443/x").toString()).isEqualTo("https://[::1]:8443/…");
    assertThat(Target.of("https://[::1]").host()).isEqualTo("::1");
    assertThat(Target.of("https://host?a=ü").path()).isEqualTo("/?a=%C3%BC");
    assertThat(Target.of("https://me@host").authorization()).isEqualTo("Basic bWU6");
  }

  private String shown() {
    return "http://localhost:" + port() + "/…";
  }

  private int port() {
    return server().port();
  }

  private HookOutcome run(String text) {
    return prepared(text).run(HookCalls.promotion(), LIMIT, this::hear);
  }

  private void hear(String text, boolean error) {
    lines.add(text);
  }
}

package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.consul.Meddler.Deed;
import ballot.testkit.Contender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Answers that are wrong, cut off, lost or late: nobody knows, and nobody guesses. */
class FaultsTest extends OnAgent {

  private static ConsulAgent agent;

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  /** What an agent in trouble says. */
  private static Stream<Deed> troubles() {
    return Stream.of(
        new Deed.Answer(500, "No cluster leader"),
        new Deed.Answer(500, "rpc error making call: EOF"),
        new Deed.Answer(429, "Your IP is issuing too many concurrent connections"),
        new Deed.Answer(503, "<html>gateway</html>"),
        new Deed.Answer(404, "<html>nothing here</html>"),
        new Deed.Answer(200, "<html>please log in</html>"),
        new Deed.Answer(200, ""),
        new Deed.Answer(200, "[{\"Key\":"),
        Deed.CUT,
        Deed.SWALLOW);
  }

  @TestFactory
  Stream<DynamicTest> an_answer_that_says_nothing_elects_nobody() {
    return troubles()
        .map(
            trouble ->
                DynamicTest.dynamicTest(
                    trouble.toString(),
                    () -> {
                      Contender candidate = stands(agent, freshElection(), "candidate");
                      meddler(candidate).meddle(trouble);

                      assertThatExceptionOfType(UnavailableException.class)
                          .isThrownBy(candidate::campaign)
                          .withMessageContaining("could not");

                      meddler(candidate).behave();
                      candidate.winsWithin(SOON);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> an_answer_that_says_nothing_ends_no_leadership() {
    return troubles()
        .filter(trouble -> !isTakenForLife(trouble))
        .map(
            trouble ->
                DynamicTest.dynamicTest(
                    trouble.toString(),
                    () -> {
                      Contender leader = stands(agent, freshElection(), "leader");
                      Term term = leader.winsAtOnce().lease().term();
                      meddler(leader).meddle(trouble);

                      isUnavailable(() -> leader.candidacy().renew(term, BUDGET));

                      meddler(leader).behave();
                      leader.keeps(term);
                    }));
  }

  /**
   * That a check was refreshed the agent says in the first line of its answer, and nowhere else.
   */
  private static boolean isTakenForLife(Deed trouble) {
    return trouble.equals(Deed.CUT)
        || (trouble instanceof Deed.Answer(int status, String body) && status == 200);
  }

  @TestFactory
  Stream<DynamicTest> an_answer_that_says_nothing_resigns_nothing_for_certain() {
    return troubles()
        .map(
            trouble ->
                DynamicTest.dynamicTest(
                    trouble.toString(),
                    () -> {
                      ElectionName election = freshElection();
                      Contender leader = stands(agent, election, "leader");
                      Term term = leader.winsAtOnce().lease().term();
                      Contender other = stands(agent, election, "other");
                      meddler(leader).meddle(trouble);

                      isUnavailable(
                          () -> {
                            leader.resigns(term);
                            return term;
                          });

                      meddler(leader).behave();
                      leader.resigns(term);
                      other.winsWithin(SOON);
                    }));
  }

  @Test
  void a_win_whose_answer_was_lost_is_found_with_the_same_term() throws Exception {
    ElectionName election = freshElection();
    Contender candidate = stands(agent, election, "candidate");
    meddler(candidate).meddle(request -> onTransaction(request, Deed.SWALLOW));
    isUnavailable(candidate::campaign);
    long taken =
        agent
            .get("/v1/kv/" + election)
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .get("ModifyIndex")
            .getAsLong();
    meddler(candidate).behave();

    Elected found = candidate.winsAtOnce();

    assertThat(found.lease().term()).isEqualTo(new Term(taken));
    assertThat(found.holdOff()).isPositive();
  }

  @Test
  void a_session_whose_creation_was_not_heard_of_stands_in_nobodys_way() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate)
        .meddle(request -> request.is("PUT", "/v1/session/create") ? Deed.SWALLOW : Deed.PASS);
    isUnavailable(candidate::campaign);
    meddler(candidate).behave();

    candidate.winsAtOnce();
  }

  @Test
  void what_hangs_at_the_servers_does_not_keep_a_leader_from_proving_itself() throws Exception {
    ElectionName election = freshElection();
    Contender leader = standsQuickly(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    meddler(leader).meddle(request -> request.is("PUT", "/v1/agent/") ? Deed.PASS : Deed.HANG);
    meddler(leader).cutConnections();
    long start = System.nanoTime();

    while (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
      leader.keeps(term);
    }
  }

  @Test
  void proof_that_comes_late_proves_nothing() throws Exception {
    ElectionName election = freshElection();
    Contender leader = standsQuickly(agent, election, "leader");
    Term term = leader.winsAtOnce().lease().term();
    Contender other = standsQuickly(agent, election, "other");
    meddler(leader).meddle(Deed.HANG);
    other.winsWithin(CRASH);
    meddler(leader).behave();

    // The agent refreshes the check again, and says so.
    try {
      leader.keepsNoMore(term);
    } catch (UnavailableException nobodyKnows) {
      assertThat(nobodyKnows).hasMessageContaining("term " + term);
    }
    leader.resigns(term);
    leader.isRefused();
  }

  @Test
  void connections_that_an_agent_has_closed_are_not_used_again() throws Exception {
    Contender leader = stands(agent, freshElection(), "leader");
    Term term = leader.winsAtOnce().lease().term();

    for (int round = 0; round < 20; round++) {
      meddler(leader).cutConnections();
      leader.keeps(term);
    }
  }

  @Test
  void a_refusal_of_too_many_connections_is_waited_out() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate).meddle(new Deed.Answer(429, "too many"));
    isUnavailable(candidate::campaign);
    meddler(candidate).behave();

    candidate.winsAtOnce();
  }

  private static Deed onTransaction(Meddler.Request request, Deed deed) {
    return request.is("PUT", "/v1/txn") ? deed : Deed.PASS;
  }

  /** A question. */
  private interface Question {
    Object put() throws StoreException;
  }

  private static void isUnavailable(Question question) {
    assertThatExceptionOfType(UnavailableException.class).isThrownBy(question::put);
  }

  @Test
  void messages_name_the_attempt_and_the_agent() throws Exception {
    Contender candidate = stands(agent, freshElection(), "candidate");
    meddler(candidate).meddle(new Deed.Answer(500, "No cluster leader"));

    List<String> parts =
        List.of("could not register check", "http://127.0.0.1:", "HTTP 500", "No cluster leader");
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(candidate::campaign)
        .satisfies(silent -> assertThat(silent.getMessage()).contains(parts));
  }

  @TestFactory
  Stream<DynamicTest> an_answer_without_an_end_is_said_to_be_too_large() {
    return Stream.of(
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX-Endless: ")
        .map(head -> DynamicTest.dynamicTest(head.strip(), () -> isTooLarge(head)));
  }

  private static void isTooLarge(String head) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ElectionStore store =
            new ConsulBackend()
                .open(patient().with("consul.address", "127.0.0.1:" + server.getLocalPort()))) {
      Thread.ofVirtual().start(() -> pour(server, head));

      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> store.observe(freshElection(), BUDGET))
          .withMessageContaining("too large");
    }
  }

  private static void pour(ServerSocket server, String head) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] more = "x".repeat(65_536).getBytes(StandardCharsets.US_ASCII);
      for (int count = 0; count < 4_000; count++) {
        client.getOutputStream().write(more);
      }
    } catch (IOException hungUp) {
      // as is right
    }
  }
}

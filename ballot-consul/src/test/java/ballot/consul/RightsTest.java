package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.RejectedException;
import ballot.api.Roster;
import ballot.api.Term;
import ballot.testkit.Contender;
import ballot.testkit.GivenSettings;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that let nobody do anything without a token. */
class RightsTest extends OnAgent {

  private static final String MASTER = "8a2c0a52-0f3f-4b4e-9d4c-6d2ad4a1f0b1";

  private static ConsulAgent agent;
  private static ConsulAgent strict;

  @TempDir private Path dir;

  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.configured(acl(false), MASTER).ready();
    strict = ConsulAgent.configured(acl(true), MASTER).ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
    strict.close();
  }

  private static String acl(boolean keyListPolicy) {
    return """
    {"acl": {"enabled": true, "default_policy": "deny", "enable_key_list_policy": %s,
             "tokens": {"master": "%s", "agent": "%s"}}}
    """
        .formatted(keyListPolicy, MASTER, MASTER);
  }

  private static String token(ConsulAgent where, String... rules) {
    String text = String.join("\\n", rules).replace("\"", "\\\"");
    String name = "rules-" + Integer.toHexString(text.hashCode());
    String unused =
        where.put("/v1/acl/policy", "{\"Name\": \"%s\", \"Rules\": \"%s\"}".formatted(name, text));
    String made =
        where.put("/v1/acl/token", "{\"Policies\": [{\"Name\": \"%s\"}]}".formatted(name));
    return JsonParser.parseString(made).getAsJsonObject().get("SecretID").getAsString();
  }

  private Contender stands(ConsulAgent where, String id, String token) throws Exception {
    return stands(joins(where, patient().with("consul.token", token)), election, id);
  }

  private String session() {
    return "session_prefix \"\" { policy = \"write\" }";
  }

  private String service() {
    return "service \"ballot\" { policy = \"write\" }";
  }

  private String key() {
    return "key \"%s\" { policy = \"write\" }".formatted(election);
  }

  private String beside() {
    return "key_prefix \"%s/.ballot/\" { policy = \"write\" }".formatted(election);
  }

  private static String checks(ConsulAgent where) {
    return where.get("/v1/health/service/ballot").toString();
  }

  @Test
  void the_rights_that_the_documentation_names_are_enough() throws Exception {
    String token = token(agent, session(), service(), key(), beside());
    Contender leader = stands(agent, "leader", token);
    Contender other = stands(agent, "other", token);

    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();
    leader.keeps(term);
    Roster roster = other.participant().store().observe(election, BUDGET);
    assertThat(roster.candidates()).extracting(Roster.Entry::id).containsExactly("leader", "other");
    leader.resigns(term);
    assertThat(other.winsWithin(SOON).holdOff()).isZero();
    assertThat(checks(agent)).contains("\"Status\":\"passing\"");
  }

  @Test
  void an_election_works_with_rights_on_its_key_alone() throws Exception {
    for (ConsulAgent where : List.of(agent, strict)) {
      String token = token(where, session(), service(), key());
      Contender leader = stands(where, "leader", token);
      Contender other = stands(where, "other", token);

      Term term = leader.winsAtOnce().lease().term();
      other.isRefused();
      leader.keeps(term);
      assertThat(other.participant().store().observe(election, BUDGET).notes())
          .anySatisfy(note -> assertThat(note).contains(".ballot/"));
      other.signals().forget();
      leader.resigns(term);
      assertThat(other.signals().await(SOON)).isTrue();
      assertThat(other.winsWithin(SOON).lease().term()).isGreaterThan(term);
    }
  }

  @Test
  void a_ledger_needs_rights_beside_the_key_and_says_which() throws Exception {
    String read = beside().replace("write", "read");
    for (List<String> more : List.of(List.<String>of(), List.of(read))) {
      List<String> rules = new ArrayList<>(List.of(session(), service(), key()));
      rules.addAll(more);
      Contender leader = stands(agent, "leader", token(agent, rules.toArray(String[]::new)));
      Term term = leader.winsWithin(SOON).lease().term();
      Ledger ledger = leader.candidacy().ledger("runs").orElseThrow();

      assertThatExceptionOfType(RejectedException.class)
          .isThrownBy(() -> ledger.write(term, Page.BLANK, "page", BUDGET))
          .withMessageContaining("could not write ledger runs of " + election)
          .withMessageContaining("the right to write: " + beside())
          .satisfies(rejected -> assertThat(rejected.setting()).contains("consul.token"));
      leader.keeps(term);
      leader.resigns(term);
      leader.close();
    }
    ElectionStore stranger = joins(agent, patient()).store();
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> stranger.readLedger(election, "runs", BUDGET))
        .withMessageContaining("the right to read: " + read);
    Contender leader = stands(agent, "leader", token(agent, session(), service(), key(), beside()));
    Term term = leader.winsWithin(SOON).lease().term();
    Ledger ledger = leader.candidacy().ledger("runs").orElseThrow();
    assertThat(ledger.write(term, Page.BLANK, "page", BUDGET)).isInstanceOf(Written.class);
    String onlooking = token(agent, read);
    assertThat(
            joins(agent, patient().with("consul.token", onlooking))
                .store()
                .readLedger(election, "runs", BUDGET))
        .isEqualTo(ledger.read(BUDGET));
  }

  @Test
  void who_may_not_read_an_election_is_told_so_and_not_that_nobody_leads() throws Exception {
    stands(agent, "leader", token(agent, session(), service(), key(), beside())).winsAtOnce();
    String anothers = token(agent, session(), service(), "key \"other\" { policy = \"write\" }");
    for (GivenSettings stranger : List.of(patient(), patient().with("consul.token", anothers))) {
      ConsulParticipant onlooker = joins(agent, stranger);

      mayNotRead(() -> onlooker.store().observe(election, BUDGET));

      List<Meddler.Request> asked = onlooker.meddler().requests();
      assertThat(asked).hasSizeLessThanOrEqualTo(2);
    }
    Contender candidate = stands(agent, "candidate", anothers);
    mayNotRead(candidate::campaign);
  }

  private void mayNotRead(ThrowingCallable question) {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(question)
        .withMessageContaining("Permission denied")
        .withMessageContaining("key \"%s\" { policy = \"read\" }".formatted(election))
        .satisfies(rejected -> assertThat(rejected.setting()).contains("consul.token"));
  }

  @Test
  void without_the_line_a_key_that_vanished_is_held_off_for() throws Exception {
    String token = token(agent, session(), service(), key());
    Contender newcomer = stands(agent, "newcomer", token);

    assertThat(newcomer.winsAtOnce().holdOff()).isPositive();
  }

  @Test
  void several_elections_in_a_folder_that_may_not_be_listed_are_watched_one_by_one()
      throws Exception {
    String folder = election.path();
    String token =
        token(
            strict,
            session(),
            service(),
            "key_prefix \"%s/\" { policy = \"write\" }".formatted(folder));
    ConsulParticipant two = joins(strict, patient().with("consul.token", token));
    for (String name : List.of("a", "b", "c")) {
      ElectionName each = new ElectionName(folder + "/" + name);
      Contender leader =
          stands(joins(strict, patient().with("consul.token", token)), each, "leader");
      Contender waiting = stands(two, each, "waiting");
      Term term = leader.winsAtOnce().lease().term();
      waiting.isRefused();
      waiting.signals().await(Duration.ofMillis(300));

      leader.resigns(term);

      assertThat(waiting.signals().await(SOON)).isTrue();
      waiting.winsWithin(SOON);
    }
  }

  @Test
  void without_the_right_to_a_check_the_session_alone_is_relied_on() throws Exception {
    String token = token(agent, session(), key(), beside());
    Contender leader = stands(agent, "leader", token);

    assertThat(leader.winsAtOnce().lease().validFor()).isGreaterThan(Duration.ofSeconds(20));
  }

  @Test
  void a_token_that_nobody_knows_is_rejected() throws Exception {
    Contender stranger = stands(agent, "stranger", "11111111-2222-3333-4444-555555555555");

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(stranger::campaign)
        .satisfies(
            rejected -> {
              assertThat(rejected.setting()).contains("consul.token");
              assertThat(rejected.getMessage())
                  .contains("ACL not found")
                  .doesNotContain("11111111-2222");
            });
  }

  @Test
  void a_token_without_rights_is_told_which_are_missing() throws Exception {
    String sessionsOnly = token(agent, session());
    Contender candidate = stands(agent, "candidate", sessionsOnly);
    Contender nobody = stands(agent, "nobody", token(agent, key()));

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(candidate::campaign)
        .withMessageContaining("Permission denied")
        .withMessageContaining("key \"%s\" { policy = \"".formatted(election));
    Contender reader =
        stands(agent, "reader", token(agent, session(), "key_prefix \"\" { policy = \"read\" }"));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(reader::campaign)
        .withMessageContaining(": Permission denied; the token needs")
        .withMessageContaining("key \"%s\" { policy = \"write\" }".formatted(election));
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(nobody::campaign)
        .withMessageContaining("session:write");
  }

  @Test
  void a_token_out_of_a_file_is_as_good() throws Exception {
    String token = token(agent, session(), service(), key(), beside());
    Path file = Files.writeString(dir.resolve("token"), token + "\n");
    GivenSettings settings = patient().with("consul.token-file", file.toString());

    stands(joins(agent, settings), election, "leader").winsAtOnce();
  }

  @Test
  void a_token_goes_before_a_file_with_one() throws Exception {
    String token = token(agent, session(), service(), key(), beside());
    Path file = Files.writeString(dir.resolve("token"), "11111111-2222-3333-4444-555555555555");
    GivenSettings settings =
        patient().with("consul.token-file", file.toString()).with("consul.token", token);

    stands(joins(agent, settings), election, "leader").winsAtOnce();
  }

  @Test
  void secrets_travel_in_headers_only() throws Exception {
    String token = token(agent, session(), service(), key(), beside());
    GivenSettings settings =
        patient().with("consul.token", token).with("consul.http-auth", "someone:s3cr3t-word");
    ConsulParticipant participant = joins(agent, settings);
    Contender leader = stands(participant, election, "leader");
    Contender other = stands(agent, "other", token);

    Term term = leader.winsAtOnce().lease().term();
    other.isRefused();
    leader.keeps(term);
    participant.store().observe(election, BUDGET);
    leader.resigns(term);
    leader.close();
    participant.store().close();

    List<Meddler.Request> requests = participant.meddler().requests();
    assertThat(requests).hasSizeGreaterThan(6);
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.header("x-consul-token")).isEqualTo(token);
              assertThat(request.header("authorization")).startsWith("Basic ");
              assertThat(request.line() + request.body()).doesNotContain(token, "s3cr3t-word");
            });
    String everything = requests.stream().map(Object::toString).collect(Collectors.joining());
    assertThat(everything).doesNotContain("token=" + token);
  }
}

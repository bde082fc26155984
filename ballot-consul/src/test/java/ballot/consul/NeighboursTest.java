package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.ElectionName;
import ballot.api.RejectedException;
import ballot.api.Roster;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other tools that use the same keys. */
class NeighboursTest extends OnAgent {

  private static ConsulAgent agent;

  @TempDir private Path dir;

  private final ElectionName election = freshElection();

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private String path() {
    return "/v1/kv/" + election;
  }

  private JsonObject key() {
    return agent.get(path()).getAsJsonArray().get(0).getAsJsonObject();
  }

  private String value() {
    return new String(
        Base64.getDecoder().decode(key().get("Value").getAsString()), StandardCharsets.UTF_8);
  }

  private static String session(String json) {
    return JsonParser.parseString(agent.put("/v1/session/create", json))
        .getAsJsonObject()
        .get("ID")
        .getAsString();
  }

  private Process consulLock(String prefix, String... more) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("lock", "-verbose"));
    command.addAll(List.of(more));
    Path started = dir.resolve("started");
    command.addAll(
        List.of(
            prefix,
            "touch "
                + started
                + "; while ! [ -e "
                + dir.resolve("end")
                + " ]; do sleep 0.05; done"));
    Process process = agent.run(Map.of(), command.toArray(String[]::new));
    // Its command first: once it is gone itself, nobody knows whose that is.
    closing(
        () -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
    return process;
  }

  private boolean hasStarted() {
    return Files.exists(dir.resolve("started"));
  }

  private void end() throws IOException {
    Files.createFile(dir.resolve("end"));
  }

  @Test
  void consul_lock_keeps_us_out_and_lets_us_in() throws Exception {
    ElectionName lock = new ElectionName(election + "/.lock");
    Process theirs = consulLock(election.path());
    Await.until("consul lock has started its command", SOON, this::hasStarted);
    Contender ours = stands(agent, lock, "ours");

    NotElected refused = ours.isRefused();

    assertThat(refused.because()).contains("another tool");
    assertThat(ours.participant().store().observe(lock, BUDGET).leader().orElseThrow().notes())
        .anySatisfy(note -> assertThat(note).contains("held by another tool (session 'Consul"));
    end();
    Elected won = ours.winsWithin(SOON);
    assertThat(won.holdOff()).isPositive();
    assertThat(theirs.waitFor(20, TimeUnit.SECONDS)).isTrue();
    ours.keeps(won.lease().term());
  }

  @Test
  void we_keep_consul_lock_out_and_let_it_in() throws Exception {
    ElectionName lock = new ElectionName(election + "/.lock");
    Contender ours = stands(agent, lock, "ours");
    Term term = ours.winsAtOnce().lease().term();
    Process theirs = consulLock(election.path());

    Await.always(
        "it waits",
        Duration.ofSeconds(2),
        () -> {
          ours.keeps(term);
          return !hasStarted() && theirs.isAlive();
        });
    ours.resigns(term);

    Await.until("consul lock has started its command", SOON, this::hasStarted);
    ours.isRefused();
    end();
    Term next = ours.winsWithin(SOON).lease().term();
    assertThat(next).isGreaterThan(term);
  }

  @Test
  void a_semaphore_is_refused() throws Exception {
    ElectionName lock = new ElectionName(election + "/.lock");
    Process unused = consulLock(election.path(), "-n", "3");
    Await.until("consul lock has started its command", SOON, this::hasStarted);
    Contender ours = stands(agent, lock, "ours");

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(ours::campaign)
        .withMessageContaining("consul lock -n")
        .withMessageContaining(lock.path());
    assertThat(ours.participant().store().observe(lock, BUDGET).notes())
        .anySatisfy(note -> assertThat(note).contains("semaphore"));
    end();
  }

  @Test
  void keys_of_ours_are_locks_to_consul_lock() throws Exception {
    stands(agent, election, "ours").winsAtOnce();

    assertThat(key().get("Flags").getAsBigInteger())
        .isEqualTo(new BigInteger("3304740253564472344"));
  }

  @Test
  void a_key_keeps_the_flags_that_it_has() throws Exception {
    agent.put(path() + "?flags=42", "");

    Contender ours = stands(agent, election, "ours");
    Elected won = ours.winsAtOnce();

    assertThat(won.holdOff()).isPositive();
    assertThat(key().get("Flags").getAsLong()).isEqualTo(42);
    ours.resigns(won.lease().term());
    assertThat(key().get("Flags").getAsLong()).isEqualTo(42);
  }

  @Test
  void ncode_ballot_reads_our_value_and_we_read_its() throws Exception {
    String theirs =
        session(
            "{\"Name\": \"my-service\", \"TTL\": \"10s\", \"LockDelay\": \"1s\", \"Behavior\":"
                + " \"delete\"}");
    agent.put(
        path() + "?acquire=" + theirs,
        "{\"Address\": \"10.0.0.7\", \"Port\": 8000, \"SessionID\": \"" + theirs + "\"}");
    Contender ours = stands(agent, election, "ours");

    assertThat(ours.isRefused().because()).contains("another tool").contains(theirs);
    Roster.Entry leader =
        ours.participant().store().observe(election, BUDGET).leader().orElseThrow();
    assertThat(leader.sessionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(leader.host()).isEqualTo(agent.node());
    assertThat(leader.notes())
        .anySatisfy(note -> assertThat(note).contains("another tool (session 'my-service')"))
        .anySatisfy(note -> assertThat(note).contains("10.0.0.7:8000"))
        .anySatisfy(note -> assertThat(note).contains("lock-delay of 1s"));

    agent.put("/v1/session/destroy/" + theirs, "");
    Await.until(
        "lock-delay is seen to be in force",
        SOON,
        () ->
            ours.campaign() instanceof NotElected refused
                && refused.because().contains("lock-delay")
                && refused.lookAgainIn().compareTo(Duration.ofSeconds(1)) <= 0);
    ours.winsWithin(SOON);

    JsonObject value = JsonParser.parseString(value()).getAsJsonObject();
    assertThat(value.get("SessionID").getAsString()).isEqualTo(key().get("Session").getAsString());
    assertThat(value.get("Address").getAsString()).isEmpty();
    assertThat(value.get("Port").getAsInt()).isZero();
  }

  @Test
  void a_holder_that_tells_nothing_is_shown_with_what_is_known() throws Exception {
    String theirs =
        session("{\"Name\": \"service/web/leader\", \"TTL\": \"15s\", \"Behavior\": \"delete\"}");
    agent.put(path() + "?acquire=" + theirs, theirs);

    ConsulParticipant onlooker = joins(agent);
    Roster roster = onlooker.store().observe(election, BUDGET);

    Roster.Entry leader = roster.leader().orElseThrow();
    assertThat(leader.id()).isEqualTo(theirs);
    assertThat(leader.term()).isEqualTo(new Term(key().get("ModifyIndex").getAsLong()));
    assertThat(leader.notes()).anySatisfy(note -> assertThat(note).contains("service/web/leader"));
  }

  @Test
  void the_sidecars_empty_key_is_taken_after_a_hold_off() throws Exception {
    agent.put(path(), "");

    assertThat(stands(agent, election, "ours").winsAtOnce().holdOff()).isPositive();
  }

  @Test
  void nothing_that_stands_in_a_key_makes_looking_fail() throws Exception {
    ConsulParticipant onlooker = joins(agent);
    String theirs = session("{\"TTL\": \"60s\", \"Behavior\": \"delete\"}");
    List<String> values =
        List.of(
            "",
            "{",
            "null",
            "[1,2]",
            "\u0000\u0001",
            "{\"CandidateId\": {}, \"SessionID\": []}",
            "{\"CandidateId\": \"\", \"Pid\": \"x\", \"ProposedAt\": \"yesterday\"}",
            "{\"CandidateId\": \"a\", \"ProposedAt\": 7, \"SessionTimeout\": \"-1\"}",
            "[".repeat(20_000));
    for (String value : values) {
      agent.put(path() + "?acquire=" + theirs, value);
      agent.put(path() + "/.ballot/candidates/x?acquire=" + theirs, value);
      agent.put(path() + "/.ballot/candidates/last", value);

      Roster held = onlooker.store().observe(election, BUDGET);
      assertThat(held.leader()).as(value).isPresent();
      assertThat(held.candidates()).as(value).hasSize(1);
      agent.put(path() + "?release=" + theirs, value);
      assertThat(onlooker.store().observe(election, BUDGET).leader()).as(value).isEmpty();
      agent.delete(path());
      assertThat(onlooker.store().observe(election, BUDGET).notes()).as(value).isNotEmpty();
    }
    Contender ours = stands(agent, election, "ours");
    ours.winsWithin(SOON);
  }

  @Test
  void who_wins_again_and_again_is_shown_with_the_term_that_it_has() throws Exception {
    Contender leader = stands(agent, election, "leader");
    ConsulParticipant onlooker = joins(agent);
    for (int round = 0; round < 4; round++) {
      Term term = leader.winsWithin(SOON).lease().term();

      Roster roster = onlooker.store().observe(election, BUDGET);
      assertThat(roster.leader().orElseThrow().term()).isEqualTo(term);
      assertThat(roster.notes()).isEmpty();
      leader.resigns(term);
    }
  }

  @Test
  void elections_whose_names_begin_alike_do_not_see_each_other() throws Exception {
    ElectionName longer = new ElectionName(election + "er");
    ElectionName below = new ElectionName(election + "/er");
    Contender leader = stands(agent, longer, "leader");
    Contender deeper = stands(agent, below, "deeper");
    leader.winsAtOnce();
    deeper.winsAtOnce();

    ConsulParticipant onlooker = joins(agent);
    assertThat(onlooker.store().observe(election, BUDGET).leader()).isEmpty();
    assertThat(onlooker.store().observe(election, BUDGET).candidates()).isEmpty();
    stands(agent, election, "ours").winsAtOnce();
  }

  @Test
  void what_else_begins_like_an_election_is_not_read() throws Exception {
    String half = "x".repeat(500_000);
    for (int number = 0; number < 20; number++) {
      agent.put("/v1/kv/" + election + "/data" + number, half);
      agent.put("/v1/kv/" + election + "er" + number, half);
    }
    Contender ours = stands(agent, election, "ours");
    Contender other = stands(agent, election, "other");

    Term term = ours.winsAtOnce().lease().term();
    other.isRefused();
    assertThat(other.participant().store().observe(election, BUDGET).candidates()).hasSize(2);
    Await.until("its watches work", SOON, () -> watches(other).size() == 2);
    agent.put("/v1/kv/" + election + "er0", "changed");
    agent.put("/v1/kv/" + election + "/data0", "changed");
    ours.resigns(term);
    other.winsWithin(SOON);

    assertThat(meddler(other).answered()).isLessThan(50_000);
    assertThat(watches(other).stream().filter(line -> !line.contains(".ballot")))
        .hasSizeLessThanOrEqualTo(3);
  }

  private static List<String> watches(Contender contender) {
    return meddler(contender).requests().stream()
        .map(Meddler.Request::line)
        .filter(line -> line.contains("index="))
        .toList();
  }
}

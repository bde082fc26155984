package ballot.consul;

import ballot.api.ElectionName;
import ballot.testkit.Await;
import ballot.testkit.GivenSettings;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One election of ours and of a tool that came before, to and fro: leadership and the tag are never
 * in two places, whoever gives way and however.
 */
class MixedRoundsTest extends OnServices {

  /** Between a change and the tag being right. */
  private static final Duration TAGS = Duration.ofSeconds(5);

  /** For a change of leadership: a session that is lost may take so long. */
  private static final Duration BOUND = Duration.ofSeconds(20);

  private static final Duration CALM = Duration.ofSeconds(1);

  private static ConsulAgent server;
  private static ConsulAgent agent;

  private final String service = freshService();
  private final ElectionName election = freshElection();
  private final String ours = "ours-" + service;
  private final String theirs = "theirs-" + service;
  private final Referee referee = new Referee();

  @BeforeAll
  static void start() throws IOException {
    server = ConsulAgent.server(1).ready();
    agent = ConsulAgent.client(server).ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void with_ncode_ballot() throws Exception {
    goesToAndFro(new ForeignTool.NcodeBallot(server, service, theirs, election.path(), referee));
  }

  @Test
  void with_consul_leader() throws Exception {
    goesToAndFro(new ForeignTool.ConsulLeader(server, service, theirs, election.path(), referee));
  }

  private void goesToAndFro(ForeignTool other) throws Exception {
    registerWithCheck(server, service, theirs);
    registerWithCheck(agent, service, ours);
    ConsulParticipant process = joins(agent, GivenSettings.none());
    Attended attended = attends(process, ServiceSpecs.of(service, ours));
    closing(other).start();
    awaitLeader(theirs);
    closing(new OurSide(ours, attended, attended.stands(election, "ours"), referee)).start();

    for (int round = 0; round < 2; round++) {
      turns(server, "alive-" + theirs, "fail");
      awaitLeader(ours);
      turns(server, "alive-" + theirs, "pass");
      staysWith(ours);

      turns(agent, "alive-" + ours, "fail");
      awaitLeader(theirs);
      turns(agent, "alive-" + ours, "pass");
      staysWith(theirs);
    }
    losesItsSession(theirs);
    oursIsCutOff(process);
    referee.assertNoOverlap();
  }

  /** By hand: the tool learns of it at its next poll, and whoever is quicker leads. */
  private void losesItsSession(String leader) {
    server.put("/v1/session/destroy/" + holder(), "");
    // Until its next poll it believes what is not true any more, which no promise covers.
    referee.ends(leader);
    Await.until("somebody leads", BOUND, () -> !holder().isEmpty());
    Await.until("one tag is worn", BOUND, () -> primaries().size() == 1);
    referee.assertNoOverlap();
    turns(server, "alive-" + leader, "fail");
    awaitLeader(ours);
    turns(server, "alive-" + leader, "pass");
  }

  /** From its own agent: until that is over nobody but it can take its tag off. */
  private void oursIsCutOff(ConsulParticipant process) {
    process.cutOff();
    Await.until("the other one leads", BOUND, () -> referee.isLeading(theirs));
    process.reconnect();
    awaitLeader(theirs);
    staysWith(theirs);
  }

  private void awaitLeader(String id) {
    Await.until(id + " leads", BOUND, () -> referee.isLeading(id));
    Await.until("its tag shows, and no other", TAGS, () -> primaries().equals(List.of(id)));
    referee.assertNoOverlap();
  }

  private void staysWith(String id) {
    Await.always(
        "it leads, and wears the tag alone",
        CALM,
        () -> referee.isLeading(id) && primaries().equals(List.of(id)));
  }

  private String holder() {
    JsonElement rows = server.get("/v1/kv/" + election.path());
    JsonObject key =
        rows.isJsonArray() ? rows.getAsJsonArray().get(0).getAsJsonObject() : new JsonObject();
    return key.has("Session") ? key.get("Session").getAsString() : "";
  }

  private List<String> primaries() {
    return StreamSupport.stream(
            server.get("/v1/catalog/service/" + service).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .filter(row -> tags(row, "ServiceTags").contains("primary"))
        .map(row -> row.get("ServiceID").getAsString())
        .toList();
  }
}

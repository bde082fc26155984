package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ServiceSpec.Role;
import ballot.api.Term;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Ours beside ncode/ballot, done here as it is done there: key and session by plain calls, its tag
 * through its agent, everybody else's through the catalog.
 */
class MixedFleetTest extends OnServices {

  private static ConsulAgent server;
  private static ConsulAgent agent;

  private final String service = freshService();
  private final ElectionName election = freshElection();
  private final String ours = "ours-" + service;
  private final String theirs = "theirs-" + service;

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

  /** The other tool, on the server's node. */
  private final class Other {

    private final String session =
        JsonParser.parseString(
                server.put(
                    "/v1/session/create",
                    """
                    {"Name": "%s", "Behavior": "delete", "TTL": "20s", "LockDelay": "0s",
                     "Checks": ["serfHealth"]}
                    """
                        .formatted(service)))
            .getAsJsonObject()
            .get("ID")
            .getAsString();

    boolean acquires() {
      String value =
          "{\"Address\": \"\", \"Port\": 8000, \"SessionID\": \"%s\"}".formatted(session);
      return server
          .put("/v1/kv/" + election.path() + "?acquire=" + session, value)
          .strip()
          .equals("true");
    }

    void releases() {
      server.put("/v1/kv/" + election.path() + "?release=" + session, "");
      server.delete("/v1/kv/" + election.path());
      wears("[\"a\"]");
    }

    void wears(String tags) {
      register(
          server,
          """
          {"ID": "%s", "Name": "%s", "Port": 8000, "Tags": %s}
          """
              .formatted(theirs, service, tags));
    }

    /** Off every instance but its own. */
    void stripsOthers() {
      for (JsonElement each : server.get("/v1/catalog/service/" + service).getAsJsonArray()) {
        JsonObject row = each.getAsJsonObject();
        if (!row.get("ServiceID").getAsString().equals(theirs)) {
          JsonArray tags = row.getAsJsonArray("ServiceTags").deepCopy();
          tags.remove(new com.google.gson.JsonPrimitive("primary"));
          String unused =
              server.put(
                  "/v1/catalog/register",
                  """
                  {"Node": "%s", "Address": "127.0.0.1", "SkipNodeUpdate": true,
                   "Service": {"ID": "%s", "Service": "%s", "Port": %s, "Address": "%s",
                     "Tags": %s}}
                  """
                      .formatted(
                          row.get("Node").getAsString(),
                          row.get("ServiceID").getAsString(),
                          service,
                          row.get("ServicePort"),
                          row.get("ServiceAddress").getAsString(),
                          tags));
        }
      }
    }
  }

  private long primaries() {
    return server.get("/v1/catalog/service/" + service).getAsJsonArray().asList().stream()
        .filter(row -> tags(row.getAsJsonObject(), "ServiceTags").contains("primary"))
        .count();
  }

  @Test
  void leadership_and_the_tag_go_to_and_fro_and_neither_is_ever_in_two_places() throws Exception {
    registerWithCheck(agent, service, ours);
    Other other = new Other();
    other.wears("[\"a\"]");
    Attended attended = attends(agent, ServiceSpecs.of(service, ours));
    Candidacy candidacy = attended.stands(election, "ours");

    for (int round = 0; round < 3; round++) {
      Elected elected =
          Await.value(
              "ours leads",
              SOON,
              () -> candidacy.campaign(BUDGET) instanceof Elected won ? won : null);
      assertThat(other.acquires()).isFalse();
      assertThat(sessionInKey()).isEqualTo(attended.instance().session().orElseThrow());
      attended.wears(Role.PRIMARY);
      Await.until("it shows", SOON, () -> primaries() == 1);
      attended.wears(Role.REPLICA);
      giveBackTo(other, candidacy, elected.lease().term());

      other.wears("[\"a\", \"primary\"]");
      other.stripsOthers();
      assertThat(candidacy.campaign(BUDGET)).isInstanceOf(NotElected.class);
      Await.always(
          "one wears it",
          Duration.ofSeconds(2),
          () -> {
            attended.wears(Role.REPLICA);
            return primaries() == 1;
          });
      other.releases();
    }
  }

  /** The other one polls: it gets the key when ours leaves it alone for a moment. */
  private void giveBackTo(Other other, Candidacy candidacy, Term term) throws Exception {
    candidacy.resign(term, BUDGET);
    assertThat(other.acquires()).isTrue();
  }

  private String sessionInKey() {
    JsonObject key =
        server.get("/v1/kv/" + election.path()).getAsJsonArray().get(0).getAsJsonObject();
    byte[] value = Base64.getDecoder().decode(key.get("Value").getAsString());
    return JsonParser.parseString(new String(value, StandardCharsets.UTF_8))
        .getAsJsonObject()
        .get("SessionID")
        .getAsString();
  }

  @Test
  void what_the_other_strips_from_ours_while_it_leads_stays_off() throws Exception {
    registerWithCheck(agent, service, ours);
    Other other = new Other();
    other.wears("[\"a\", \"primary\"]");
    assertThat(other.acquires()).isTrue();
    Attended attended = attends(agent, ServiceSpecs.of(service, ours).withReplicaTag("replica"));
    attended.wears(Role.REPLICA);
    Await.until("it shows", SOON, () -> ourTags().equals(List.of("a", "replica")));

    for (int time = 0; time < 10; time++) {
      other.stripsOthers();
      attended.wears(Role.REPLICA);
    }

    assertThat(ourTags()).containsExactly("a", "replica");
    assertThat(primaries()).isEqualTo(1);
  }

  private List<String> ourTags() {
    return tagsInCatalog(server, agent.node(), ours);
  }
}

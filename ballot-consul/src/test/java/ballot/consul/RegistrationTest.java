package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ServiceSpec.Role;
import ballot.testkit.Await;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Registrations with everything that Consul knows, and their checks, through many roles. */
class RegistrationTest extends OnServices {

  private static ConsulAgent agent;

  private final String service = freshService();
  private final String id = service + "-1";

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.configured("{\"enable_script_checks\": true}", "").ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void everything_but_the_tags_is_as_it_was_after_ten_changes_of_role() throws Exception {
    register(agent, everything());
    turns(agent, "warned-" + id, "warn");
    awaitSettled();

    assertUnchangedByRoles(id, service);
  }

  @Test
  void a_proxy_is_as_it_was_too() throws Exception {
    register(agent, proxy());

    assertUnchangedByRoles(id, service);
  }

  @Test
  void a_native_service_without_anything_is_as_it_was_too() throws Exception {
    register(
        agent,
        """
        {"ID": "%s", "Name": "%s", "Connect": {"Native": true}, "EnableTagOverride": true}
        """
            .formatted(id, service));

    assertUnchangedByRoles(id, service);
  }

  @Test
  void a_sidecar_stays_where_it_is() throws Exception {
    register(agent, everything());
    awaitSettled();

    assertUnchangedByRoles(id + "-sidecar-proxy", service + "-sidecar-proxy");
  }

  private void awaitSettled() {
    Await.until(
        "every check but the sidecar's was made once",
        SOON,
        () -> state(id).entrySet().stream().noneMatch(each -> isPending(each.getValue())));
  }

  private static boolean isPending(JsonElement part) {
    return part.toString().contains("not been checked");
  }

  private void assertUnchangedByRoles(String which, String name) throws Exception {
    Attended attended = attends(agent, ServiceSpecs.of(name, which).withReplicaTag("replica"));
    Await.until(
        "the catalog has it",
        SOON,
        () -> agent.get("/v1/catalog/node/" + agent.node()).toString().contains(which));
    Map<String, JsonElement> before = state(which);

    for (int change = 0; change < 10; change++) {
      Role role = change % 2 == 0 ? Role.PRIMARY : Role.REPLICA;
      String tag = change % 2 == 0 ? "primary" : "replica";
      attended.wears(role);
      Await.until(
          "the catalog shows it",
          SOON,
          () -> tagsInCatalog(agent, agent.node(), which).contains(tag));
      assertThat(withoutTags(state(which))).isEqualTo(withoutTags(before));
    }

    attended.wears(Role.NONE);
    Await.until(
        "even the tags are as they were",
        SOON,
        () -> tagsInCatalog(agent, agent.node(), which).equals(catalogTags(before)));
    assertThat(withoutTags(state(which))).isEqualTo(withoutTags(before));
  }

  private static List<String> catalogTags(Map<String, JsonElement> state) {
    JsonElement service = state.getOrDefault("in the catalog", new JsonObject());
    return tags(service.getAsJsonObject(), "Tags");
  }

  /** All that agent and servers know of an instance. */
  private static Map<String, JsonElement> state(String which) {
    Map<String, JsonElement> state = new TreeMap<>();
    state.put("at the agent", agent.get("/v1/agent/service/" + which));
    JsonObject checks = agent.get("/v1/agent/checks").getAsJsonObject();
    checks.asMap().values().removeIf(check -> !isOf(check, which));
    state.put("its checks", checks);
    JsonArray health = agent.get("/v1/health/node/" + agent.node()).getAsJsonArray();
    JsonArray own = new JsonArray();
    health.forEach(
        check -> {
          if (isOf(check, which)) {
            own.add(check);
          }
        });
    state.put("its checks at the servers", own);
    state.put(
        "in the catalog",
        agent
            .get("/v1/catalog/node/" + agent.node())
            .getAsJsonObject()
            .getAsJsonObject("Services")
            .get(which));
    return state;
  }

  private static boolean isOf(JsonElement check, String which) {
    return check.getAsJsonObject().get("ServiceID").getAsString().equals(which);
  }

  private static String withoutTags(Map<String, JsonElement> state) {
    return state
        .toString()
        .replaceAll("\"(Service)?Tags\":(\\[[^]]*]|null),?", "")
        .replaceAll("\"(ModifyIndex|CreateIndex)\":\\d+,?", "")
        .replaceAll("\"ContentHash\":\"[^\"]*\",?", "");
  }

  private String everything() {
    return """
    {"ID": "ID", "Name": "NAME", "Tags": ["b", "a"], "Address": "10.1.2.3", "Port": 8000,
     "Meta": {"k": "v", "x": "y"},
     "TaggedAddresses": {"lan": {"Address": "10.1.2.3", "Port": 8000},
       "wan": {"Address": "1.2.3.4", "Port": 80}, "virtual": {"Address": "9.9.9.9", "Port": 1}},
     "Weights": {"Passing": 7, "Warning": 3},
     "Connect": {"SidecarService": {}},
     "Checks": [
       {"CheckID": "told-ID", "Name": "told", "TTL": "10m", "Status": "passing", "Notes": "n"},
       {"CheckID": "warned-ID", "Name": "warned", "TTL": "10m", "Status": "passing"},
       {"CheckID": "critical-ID", "Name": "critical", "TTL": "10m"},
       {"CheckID": "tcp-ID", "Name": "tcp", "TCP": "AGENT", "Interval": "1m",
         "Status": "passing"},
       {"CheckID": "http-ID", "Name": "http", "HTTP": "http://AGENT/v1/status/leader",
         "Header": {"X": ["y"]}, "Interval": "1m", "Timeout": "2s", "Status": "passing"},
       {"CheckID": "script-ID", "Name": "script", "Args": ["true"], "Interval": "1m",
         "DeregisterCriticalServiceAfter": "30m", "Status": "passing"},
       {"CheckID": "alias-ID", "Name": "alias", "AliasService": "nobody"}]}
    """
        .replace("NAME", service)
        .replace("AGENT", agent.address())
        .replace("\"ID\": \"ID\"", "\"ID\": \"" + id + "\"")
        .replace("-ID\"", "-" + id + "\"");
  }

  private String proxy() {
    return """
    {"ID": "%s", "Name": "%s", "Kind": "connect-proxy", "Port": 99,
     "Proxy": {"DestinationServiceName": "web", "DestinationServiceID": "web-1",
       "LocalServiceAddress": "127.0.0.1", "LocalServicePort": 8000,
       "Config": {"a": 1, "b": {"c": "d"}},
       "Upstreams": [{"DestinationName": "db", "LocalBindPort": 9191, "Config": {"x_y": 2},
         "MeshGateway": {"Mode": "local"}}],
       "MeshGateway": {"Mode": "remote"},
       "Expose": {"Paths": [{"Path": "/h", "LocalPathPort": 8000, "ListenerPort": 21500,
         "Protocol": "http2"}]}}}
    """
        .formatted(id, service);
  }

  @Test
  void a_field_that_can_only_be_read_is_left_out_and_nothing_else() throws Exception {
    registerWithCheck(agent, service, id);
    ConsulParticipant participant = joins(agent);
    Attended attended = attends(participant, ServiceSpecs.of(service, id));
    JsonObject read = agent.get("/v1/agent/service/" + id).getAsJsonObject();
    read.addProperty("FieldOfTomorrow", 7);
    participant
        .meddler()
        .meddle(
            request ->
                request.is("GET", "/v1/agent/service/" + id)
                    ? new Meddler.Deed.Answer(200, read.toString())
                    : Meddler.Deed.PASS);

    attended.wears(Role.PRIMARY);

    assertThat(tagsAtAgent(agent, id)).containsExactly("a", "primary");
    assertThat(agent.get("/v1/agent/service/" + id).getAsJsonObject().get("Port").getAsInt())
        .isEqualTo(8000);
  }

  @Test
  void a_check_that_passes_does_not_flicker_while_roles_change() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    Await.until(
        "the servers know it",
        SOON,
        () -> agent.get("/v1/health/checks/" + service).getAsJsonArray().size() == 1);
    long before = checkIndex();

    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    for (int change = 0; change < 10 || System.nanoTime() < end; change++) {
      attended.wears(change % 2 == 0 ? Role.PRIMARY : Role.NONE);
      assertThat(attended.look().unfit()).isEmpty();
    }

    assertThat(checkIndex()).isEqualTo(before);
  }

  /** Changes whenever the servers are told anything about the check. */
  private long checkIndex() {
    return agent
        .get("/v1/health/checks/" + service)
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject()
        .get("ModifyIndex")
        .getAsLong();
  }
}

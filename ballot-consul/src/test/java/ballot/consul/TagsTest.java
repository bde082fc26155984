package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ServiceSpec.Role;
import ballot.testkit.Await;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tags of an instance: put on and taken off, and nothing else of it touched. */
class TagsTest extends OnServices {

  private static ConsulAgent agent;

  private final String service = freshService();
  private final String id = service + "-1";

  @BeforeAll
  static void start() throws IOException {
    agent = ConsulAgent.dev().ready();
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  @Test
  void each_role_has_its_tag_and_none_has_none() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id).withReplicaTag("replica"));

    attended.wears(Role.REPLICA);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a", "replica");
    attended.wears(Role.PRIMARY);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a", "primary");
    awaitInCatalog("a", "primary");
    attended.wears(Role.NONE);
    assertThat(tagsAtAgent(agent, id)).containsExactly("a");
    awaitInCatalog("a");
  }

  private void awaitInCatalog(String... tags) {
    Await.until(
        "the catalog shows it",
        SOON,
        () -> tagsInCatalog(agent, agent.node(), id).equals(List.of(tags)));
  }

  @Test
  void the_session_stands_in_the_meta_where_that_is_asked_for() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id).withSessionMeta("session"));

    attended.wears(Role.PRIMARY, "f00d");
    assertThat(meta()).isEqualTo("{\"session\":\"f00d\"}");
    attended.wears(Role.NONE);
    assertThat(meta()).isEqualTo("{}");
  }

  private String meta() {
    return agent.get("/v1/agent/service/" + id).getAsJsonObject().get("Meta").toString();
  }

  @Test
  void what_is_right_is_not_written_again() throws Exception {
    registerWithCheck(agent, service, id);
    ConsulParticipant participant = joins(agent);
    Attended attended = attends(participant, ServiceSpecs.of(service, id));

    for (int time = 0; time < 5; time++) {
      attended.wears(Role.PRIMARY);
    }

    assertThat(registrations(participant)).isEqualTo(1);
  }

  private static long registrations(ConsulParticipant participant) {
    return participant.meddler().requests().stream()
        .filter(request -> request.is("PUT", "/v1/agent/service/register"))
        .filter(request -> !request.body().contains("\"ballot\""))
        .count();
  }

  @Test
  void what_somebody_overwrites_is_put_right() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.wears(Role.PRIMARY);
    awaitInCatalog("a", "primary");
    attended.wears(Role.PRIMARY);
    attended.signals().forget();

    registerWithCheck(agent, service, id);

    assertThat(attended.signals().await(SOON)).isTrue();
    Await.until(
        "the tag is back",
        SOON,
        () -> {
          attended.wears(Role.PRIMARY);
          return tagsAtAgent(agent, id).equals(List.of("a", "primary"));
        });
  }

  @Test
  void what_somebody_strips_in_the_catalog_is_put_right() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.wears(Role.PRIMARY);
    awaitInCatalog("a", "primary");

    overwriteInCatalog("[\"a\"]");

    Await.until(
        "the tag is back",
        SOON,
        () -> {
          attended.wears(Role.PRIMARY);
          return tagsInCatalog(agent, agent.node(), id).equals(List.of("a", "primary"));
        });
  }

  private void overwriteInCatalog(String tags) {
    JsonObject services =
        agent.get("/v1/catalog/node/" + agent.node()).getAsJsonObject().getAsJsonObject("Services");
    JsonObject own = services.getAsJsonObject(id);
    own.add("Tags", com.google.gson.JsonParser.parseString(tags));
    own.remove("CreateIndex");
    own.remove("ModifyIndex");
    String answer =
        agent.put(
            "/v1/catalog/register",
            """
            {"Node": "%s", "Address": "127.0.0.1", "SkipNodeUpdate": true, "Service": %s}
            """
                .formatted(agent.node(), own));
    assertThat(answer.strip()).isEqualTo("true");
  }

  @Test
  void where_the_catalog_may_override_tags_those_of_the_catalog_stay() throws Exception {
    register(
        agent,
        """
        {"ID": "%s", "Name": "%s", "Tags": ["a"], "EnableTagOverride": true}
        """
            .formatted(id, service));
    awaitInCatalog("a");
    overwriteInCatalog("[\"a\", \"operator\"]");
    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    // The agent takes the catalog's tags over ours when it compares the two just then: again, then.
    Await.until(
        "the catalog shows its own tags and ours",
        SOON,
        () -> {
          attended.wears(Role.PRIMARY);
          return tagsInCatalog(agent, agent.node(), id).equals(List.of("a", "operator", "primary"));
        });
    overwriteInCatalog("[\"operator\", \"primary\"]");
    attended.wears(Role.NONE);
    Await.until(
        "the catalog's tags stay, without ours",
        SOON,
        () -> {
          attended.wears(Role.NONE);
          return tagsInCatalog(agent, agent.node(), id).equals(List.of("operator"));
        });
  }

  @Test
  void nothing_is_done_where_there_is_no_instance() throws Exception {
    ConsulParticipant participant = joins(agent);

    attends(participant, ServiceSpecs.of(service, id)).wears(Role.PRIMARY);

    assertThat(registrations(participant)).isZero();
  }

  @Test
  void a_tag_comes_off_also_when_a_glob_matches_several_now() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, service + "-*"));
    attended.look();
    attended.wears(Role.PRIMARY);
    registerWithCheck(agent, service, service + "-2");
    assertThat(attended.look().unfit()).get().asString().contains("several");

    attended.wears(Role.NONE);

    assertThat(tagsAtAgent(agent, id)).containsExactly("a");
  }

  @Test
  void another_services_instance_of_that_id_is_left_alone() throws Exception {
    registerWithCheck(agent, "other-" + service, id);
    ConsulParticipant participant = joins(agent);

    attends(participant, ServiceSpecs.of(service, id)).wears(Role.PRIMARY);

    assertThat(registrations(participant)).isZero();
  }

  @Test
  void who_does_not_lead_any_more_takes_nothing_off_others() throws Exception {
    registerWithCheck(agent, service, id);
    JsonObject before = ghost("critical");
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.stands(freshElection(), "candidate");

    attended.wears(Role.PRIMARY);

    assertThat(ghostNow()).isEqualTo(before);
  }

  @Test
  void a_dead_nodes_primary_tag_is_taken_off_and_nothing_else_of_it() throws Exception {
    registerWithCheck(agent, service, id);
    JsonObject before = ghost("critical");
    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    attended.wears(Role.REPLICA);
    assertThat(tagsInCatalog(agent, "ghost-" + service, "ghost")).contains("primary");
    attended.wears(Role.PRIMARY);

    JsonObject after = ghostNow();
    assertThat(tags(after, "Tags")).containsExactly("x");
    for (JsonObject ghost : List.of(before, after)) {
      List.of("Tags", "ModifyIndex").forEach(ghost::remove);
    }
    assertThat(after).isEqualTo(before);
  }

  @Test
  void a_living_nodes_primary_tag_is_left_to_its_agent_for_a_while() throws Exception {
    registerWithCheck(agent, service, id);
    JsonObject before = ghost("passing");
    Attended attended = attends(agent, ServiceSpecs.of(service, id));

    attended.wears(Role.PRIMARY);
    assertThat(ghostNow()).isEqualTo(before);

    Await.until(
        "what stays is taken off",
        SOON,
        () -> {
          attended.wears(Role.PRIMARY);
          return tags(ghostNow(), "Tags").equals(List.of("x"));
        });
  }

  @Test
  void a_tag_that_comes_up_elsewhere_while_it_leads_is_noticed() throws Exception {
    registerWithCheck(agent, service, id);
    Attended attended = attends(agent, ServiceSpecs.of(service, id));
    attended.wears(Role.PRIMARY);
    awaitInCatalog("a", "primary");
    for (int time = 0; time < 3; time++) {
      attended.wears(Role.PRIMARY);
    }

    ghost("critical");

    Await.until(
        "it is taken off",
        SOON,
        () -> {
          attended.wears(Role.PRIMARY);
          return tags(ghostNow(), "Tags").equals(List.of("x"));
        });
  }

  /** An instance on a node that is no agent of ours. */
  private JsonObject ghost(String health) {
    agent.put(
        "/v1/catalog/register",
        """
        {"Node": "ghost-%s", "Address": "10.9.9.9", "NodeMeta": {"rack": "7"},
         "Service": {"ID": "ghost", "Service": "%s", "Tags": ["x", "primary"], "Port": 7,
           "Address": "10.1.1.1", "Meta": {"q": "r"}, "Weights": {"Passing": 4, "Warning": 2},
           "TaggedAddresses": {"wan": {"Address": "1.2.3.4", "Port": 80}},
           "Connect": {"Native": true}},
         "Check": {"Node": "ghost-%s", "CheckID": "serfHealth", "Name": "Serf", "Status": "%s"}}
        """
            .formatted(service, service, service, health));
    return ghostNow();
  }

  private JsonObject ghostNow() {
    JsonElement node = agent.get("/v1/catalog/node/ghost-" + service);
    return node.getAsJsonObject().getAsJsonObject("Services").getAsJsonObject("ghost");
  }
}

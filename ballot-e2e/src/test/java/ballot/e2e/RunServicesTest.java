package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Ports;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ballot run} with one agent: settings that change, hooks that misbehave, and the rest. */
final class RunServicesTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Consul consul;

  @BeforeEach
  void start() throws Exception {
    consul = Consul.start(folder);
    open.add(consul);
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private void register(String service, String id) {
    consul.put(
        "/v1/agent/service/register",
        "{\"ID\": \"%s\", \"Name\": \"%s\", \"Port\": 80}".formatted(id, service));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("ballot.yaml"), text);
  }

  private Program run(String name, Map<String, String> environment, String... more)
      throws IOException {
    List<String> line = new ArrayList<>(List.of("run", "--log-format", "human"));
    line.addAll(List.of("--consul-address", consul.address(), "--candidate-id", name));
    // These are not about crashes; on a machine with too much to do two seconds are soon over.
    line.addAll(List.of("--crash-detection", "10s"));
    line.addAll(List.of(more));
    Program program = Program.start(folder, name, environment, line);
    open.add(program);
    return program;
  }

  private Program run(String name, Path file) throws IOException {
    return run(name, Map.of(), "--config", file.toString());
  }

  private static void says(Program program, String text) throws Exception {
    Await.until(
        SOON,
        () -> "'" + text + "' in " + all(program),
        () -> program.stdout().contains(text) || program.stderr().contains(text));
  }

  private static String all(Program program) {
    try {
      return program.stdout() + program.stderr();
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static int count(Program program, String text) throws IOException {
    return program.stdout().split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }

  private boolean isTagged(String service, String id, String tag) {
    return consul
        .get("/v1/health/service/" + service + "?tag=" + tag)
        .contains("\"ID\": \"" + id + "\"");
  }

  private void awaitTag(String service, String id, String tag) throws Exception {
    Await.until(SOON, () -> id + " carries " + tag + this, () -> isTagged(service, id, tag));
  }

  private static final String TWO =
      """
      election:
        enabled: [web, db]
        services:
          web: {id: web-1, key: election/web, lockDelay: 0s}
          db: {id: db-1, key: election/db, lockDelay: 0s, primaryTag: main}
      """;

  @Test
  void a_new_file_changes_what_it_changes_and_a_bad_one_nothing() throws Exception {
    register("web", "web-1");
    register("db", "db-1");
    Program program = run("me", file(TWO));
    awaitTag("web", "web-1", "primary");
    awaitTag("db", "db-1", "main");

    file(TWO.replace("primaryTag: main", "primaryTga: master"));
    program.signal("HUP");
    says(program, "the new settings are refused, the old ones stay");
    says(program, "primaryTga");
    assertThat(isTagged("db", "db-1", "main")).isTrue();

    file(TWO.replace("main", "master"));
    program.signal("HUP");
    awaitTag("db", "db-1", "master");
    assertThat(isTagged("db", "db-1", "main")).isFalse();
    assertThat(count(program, "elected  election=election/web ")).isEqualTo(1);
    assertThat(count(program, "elected  election=election/db ")).isEqualTo(2);

    file(TWO.replace("[web, db]", "[db]"));
    program.signal("HUP");
    says(program, "service web is not enabled any more");
    Await.until(SOON, () -> "no tag" + all(program), () -> !isTagged("web", "web-1", "primary"));
    program.signal("TERM");
    assertThat(program.await(SOON)).isZero();
    assertThat(program.stderr()).isEmpty();
  }

  private static String one(String more) {
    return """
    election:
      enabled: [web]
      services:
        web:
          id: web-1
          key: election/web
          lockDelay: 0s
          hookTimeout: 1s
    """
        + more.indent(6);
  }

  @Test
  void a_hook_that_hangs_or_floods_or_fails_is_told_of_and_the_election_goes_on() throws Exception {
    register("web", "web-1");
    Program program =
        run(
            "me",
            file(
                one(
                    "execOnPromote: 'sh: trap \"\" TERM; yes & sleep 100'\n"
                        + "execOnDemote: 'sh: echo sorry >&2; exit 3'")));

    awaitTag("web", "web-1", "primary");
    says(program, "promote hook ended: still running after 1s");
    assertThat(program.stdout()).doesNotContain("gave leadership back");

    program.signal("INT");
    assertThat(program.await(SOON)).isZero();
    assertThat(program.stdout()).contains("sorry", "demote hook ended: status 3");
    assertThat(isTagged("web", "web-1", "primary")).isFalse();
  }

  @Test
  void leadership_is_given_back_where_the_promote_hook_has_to_succeed() throws Exception {
    register("web", "web-1");
    Program program = run("me", file(one("requirePromote: true\nexecOnPromote: 'sh: exit 4'")));

    says(program, "promote hook ended: status 4");
    says(program, "gave leadership back");
    assertThat(isTagged("web", "web-1", "primary")).isFalse();

    program.signal("TERM");
    assertThat(program.await(SOON)).isZero();
  }

  @Test
  void an_instance_that_we_register_goes_with_us() throws Exception {
    Program program = run("me", file(one("register: {port: 8080, tags: [v1], check: {ttl: 5s}}")));

    awaitTag("web", "web-1", "primary");
    assertThat(consul.get("/v1/health/service/web?passing")).contains("\"Port\": 8080");

    program.signal("TERM");
    assertThat(program.await(SOON)).isZero();
    assertThat(consul.get("/v1/agent/services")).doesNotContain("web-1");
  }

  @Test
  void the_variables_of_the_sidecar_alone_are_enough() throws Exception {
    register("db", "_nomad-task-8c1f-group-db-5432");
    Program program =
        run(
            "me",
            Map.of(
                "NOMAD_ALLOC_ID", "8c1f",
                "CONSUL_LEADER_SERVICE_NAME", "db",
                "CONSUL_LEADER_PRIMARY_LABEL", "leader",
                "CONSUL_LEADER_LOG_LEVEL", "info"));

    awaitTag("db", "_nomad-task-8c1f-group-db-5432", "leader");
    assertThat(consul.get("/v1/kv/consul-leader/db/lock")).contains("\"Session\"");
    assertThat(consul.get("/v1/agent/service/_nomad-task-8c1f-group-db-5432"))
        .containsPattern("\"session\": *\"[0-9a-f-]{36}\"");

    program.signal("TERM");
    assertThat(program.await(SOON)).isZero();
  }

  @Test
  void a_preferred_instance_takes_over_in_order() throws Exception {
    register("web", "web-1");
    register("web", "web-2");
    Program first = run("first", file(one("")));
    awaitTag("web", "web-1", "primary");
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            one("priority: 10\npreempt: true").replace("web-1", "web-2"));

    Program second = run("second", other);

    awaitTag("web", "web-2", "primary");
    says(first, "gave leadership back");
    Await.until(SOON, () -> "one tag" + all(first), () -> !isTagged("web", "web-1", "primary"));
    second.signal("TERM");
    assertThat(second.await(SOON)).isZero();
    awaitTag("web", "web-1", "primary");
  }

  @Test
  void one_who_cannot_reach_its_agent_waits_and_ends_in_order() throws Exception {
    Program program =
        Program.start(
            folder,
            "nobody",
            Map.of(),
            List.of(
                "run",
                "--config",
                file(one("")).toString(),
                "--consul-address",
                "127.0.0.1:" + Ports.free(1)[0],
                "--log-format",
                "human"));
    open.add(program);

    says(program, "connection refused");
    program.signal("TERM");
    assertThat(program.await(SOON)).isZero();
  }

  @Override
  public String toString() {
    return "; the catalog: " + consul.get("/v1/health/service/web");
  }
}

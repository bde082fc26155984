package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import ballot.e2e.site.ZooKeeper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ballot info} says of an election with a leader, two waiting and one just killed. */
final class InfoTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private int calls;

  @Test
  void shows_leader_and_candidates_of_a_local_election() throws Exception {
    check(List.of("--backend", "local", "--local-dir", folder.resolve("elections").toString()));
  }

  @Test
  @Tag("server")
  void shows_leader_and_candidates_of_an_election_in_consul() throws Exception {
    try (Consul consul = Consul.start(folder)) {
      check(consul.options());
    }
  }

  @Test
  @Tag("server")
  void shows_leader_and_candidates_of_an_election_in_zookeeper() throws Exception {
    try (ZooKeeper servers = ZooKeeper.start(folder, 1)) {
      check(servers.options());
    }
  }

  private void check(List<String> backend) throws Exception {
    assertThat(info(backend, "-o", "json")).contains("\"leader\": null");
    try (Program alice = candidate("alice", backend);
        Program bob = waiting("bob", backend);
        Program carol = waiting("carol", backend);
        Program dave = waiting("dave", backend)) {
      dave.signal("KILL");
      Await.until(PATIENCE, () -> "dave lives", () -> !dave.isAlive());

      String yaml = info(backend, "-o", "yaml");
      assertThat(yaml).startsWith("leader:\n  id: alice\n").contains("allCandidates:\n");
      assertThat(yaml).contains("is leader", "pid: \"" + alice.pid() + "\"", "term: ");
      assertThat(yaml).contains("id: bob", "id: carol", "pid: \"" + carol.pid() + "\"");

      String json = info(backend, "--output", "json");
      assertThat(json).contains("\"id\": \"alice\"", "\"allCandidates\"", "\"proposalTime\"");

      String table = info(backend, "--output-format", "table");
      assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
      assertThat(table).contains("alice", "bob", "carol").doesNotContain("\u001b");

      Await.until(
          PATIENCE,
          () -> "the killed one is listed as if it lived",
          () -> isGone("dave", info(backend, "-o", "yaml")));
      assertThat(bob.isAlive()).isTrue();
    }
  }

  /** Whether a candidate is not listed any more, or noted as gone. */
  private static boolean isGone(String id, String yaml) {
    int entry = yaml.indexOf("id: " + id);
    return entry < 0 || yaml.substring(entry).contains("gone");
  }

  private Program candidate(String id, List<String> backend) throws Exception {
    return started(id, backend, "command started");
  }

  private Program waiting(String id, List<String> backend) throws Exception {
    return started(id, backend, "waiting: held by alice@");
  }

  private Program started(String id, List<String> backend, String sign) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "once", "--candidate-id", id));
    line.addAll(backend);
    line.addAll(List.of("--", "sleep", "300"));
    Program program = Program.start(folder, id, line);
    Await.until(
        PATIENCE, () -> id + " did not say '" + sign + "'", () -> program.stdout().contains(sign));
    return program;
  }

  private String info(List<String> backend, String... options) throws Exception {
    List<String> line =
        Stream.of(List.of("info"), backend, List.of(options)).flatMap(List::stream).toList();
    try (Program program = Program.start(folder, "info" + ++calls, line)) {
      assertThat(program.await(PATIENCE)).as(program.stderr()).isZero();
      return program.stdout();
    }
  }
}

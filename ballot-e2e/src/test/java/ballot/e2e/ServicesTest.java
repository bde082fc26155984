package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Agent;
import ballot.e2e.site.Await;
import ballot.e2e.site.Network;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ballot run} on three hosts, each with a Consul agent, and everything that goes wrong. */
@Timeout(600)
class ServicesTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** By when tags are right after the last change. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Pattern INSTANCE = Pattern.compile("\"Service\":\\{\"ID\":\"([^\"]+)\"");
  private static final Pattern HOLDER = Pattern.compile("\"Session\":\"([^\"]+)\"");

  private static final String SERVICE =
      """
      {"services": [{"id": "%s", "name": "web", "port": 8000, "tags": ["v1"],
        "check": {"id": "ready", "name": "ready", "args": ["ls", "%s"], "interval": "1s"}}]}
      """;

  private static final String SETTINGS =
      """
      election:
        enabled: [web]
        services:
          web:
            id: %s
            key: election/web/leader
            lockDelay: 0s
            replicaTag: replica
            execOnPromote: 'sh: echo "$(date +%%s%%N) %s promote $BALLOT_RUN_TERM" >> %s'
            execOnDemote: 'sh: echo "$(date +%%s%%N) %s demote $BALLOT_RUN_TERM" >> %s'
      """;

  @TempDir Path folder;

  private final Map<String, Member> members = new LinkedHashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path hooks;
  private Network network;
  private Agent server;

  /** One host with its agent and its ballot. */
  private final class Member {

    private final String id;
    private final Path ready;
    private final Network.Host host;
    private final Agent agent;
    private Program ballot;

    Member(String id) throws Exception {
      this.id = id;
      this.ready = Files.createFile(folder.resolve("ready-" + id));
      this.host = network.host();
      this.agent = Agent.client(host, "node-" + id, folder, server, SERVICE.formatted(id, ready));
      open.add(agent);
      this.ballot = start();
      open.add(() -> ballot.close());
    }

    private Program start() throws IOException {
      Path settings =
          Files.writeString(
              folder.resolve(id + ".yaml"), SETTINGS.formatted(id, id, hooks, id, hooks));
      return Program.start(
          host.words(),
          folder,
          "ballot-" + id,
          Map.of(),
          List.of("run", "--config", settings.toString(), "--candidate-id", id));
    }

    void becomesCritical() throws IOException {
      Files.delete(ready);
    }

    void becomesHealthy() throws IOException {
      Files.createFile(ready);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** What a hook wrote. */
  private record Hook(long at, String id, String role, String term) {

    static Hook of(String line) {
      String[] words = line.split(" ");
      return new Hook(Long.parseLong(words[0]), words[1], words[2], words[3]);
    }
  }

  @BeforeEach
  void start() throws Exception {
    hooks = Files.createFile(folder.resolve("hooks"));
    network = Network.create();
    open.add(network);
    server = Agent.server(network.host(), folder);
    open.add(server);
    for (String id : List.of("web-1", "web-2", "web-3")) {
      members.put(id, new Member(id));
    }
    awaitLeader(Set.of());
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private List<Hook> hooks() throws IOException {
    return Files.readAllLines(hooks).stream().map(Hook::of).toList();
  }

  /** The terms of which a promote hook has run. */
  private Set<String> terms() throws IOException {
    Set<String> terms = new HashSet<>();
    hooks().stream()
        .filter(hook -> hook.role().equals("promote"))
        .forEach(h -> terms.add(h.term()));
    return terms;
  }

  /** Whose promote hook ran in a term that is not one of these. */
  private Member awaitLeader(Set<String> before) throws Exception {
    String[] found = new String[1];
    Await.until(
        SOON,
        () -> "a leader in another term than " + before + this,
        () -> {
          for (Hook hook : hooks()) {
            if (hook.role().equals("promote") && !before.contains(hook.term())) {
              found[0] = hook.id();
            }
          }
          return found[0] != null;
        });
    return member(found[0]);
  }

  private Member member(@Nullable String id) {
    return Objects.requireNonNull(members.get(Objects.requireNonNull(id)));
  }

  private Member leader() throws IOException {
    List<Hook> all = hooks();
    return member(
        all.reversed().stream()
            .filter(hook -> hook.role().equals("promote"))
            .findFirst()
            .orElseThrow()
            .id());
  }

  private List<String> tagged(String tag) {
    Matcher instance = INSTANCE.matcher(server.get("/v1/health/service/web?tag=" + tag));
    return instance.results().map(result -> result.group(1)).toList();
  }

  /**
   * Five seconds after the last change one of the living carries the tag, the one that leads. That
   * others carry theirs may wait for an agent that has only just found its server again.
   */
  private void tagsAreRight(Member leader, Set<Member> living) throws Exception {
    Await.until(
        SETTLED,
        () -> "only " + leader + " is primary: " + tagged("primary") + this,
        () -> alive(tagged("primary"), living).equals(List.of(leader.id)));
    Await.until(
        SOON,
        () -> "the others are replicas: " + tagged("replica") + this,
        () -> alive(tagged("replica"), living).size() == living.size() - 1);
  }

  private static List<String> alive(List<String> ids, Set<Member> living) {
    return ids.stream().filter(id -> living.stream().anyMatch(one -> one.id.equals(id))).toList();
  }

  /** What happens to a leader. */
  private interface Trouble {
    void befalls(Member leader) throws Exception;
  }

  /** The leader loses its place; another leads, and all is well again once the trouble is over. */
  private void moves(String what, Trouble trouble, Trouble end) throws Exception {
    Set<String> before = terms();
    Member leader = leader();
    long began = System.nanoTime();
    trouble.befalls(leader);
    Member next = awaitLeader(before);
    System.out.printf(
        "%-40s %s to %s after %d ms%n",
        what, leader, next, (System.nanoTime() - began) / 1_000_000);
    end.befalls(leader);
    tagsAreRight(leader(), Set.copyOf(members.values()));
  }

  private String session() {
    Matcher holder = HOLDER.matcher(server.get("/v1/kv/election/web/leader"));
    assertThat(holder.find()).isTrue();
    return holder.group(1);
  }

  @Test
  void one_leads_and_wears_the_tag_whatever_happens() throws Exception {
    Trouble nothing = leader -> {};
    tagsAreRight(leader(), Set.copyOf(members.values()));

    moves("instance critical", Member::becomesCritical, Member::becomesHealthy);
    moves(
        "node in maintenance",
        leader -> leader.agent.put("/v1/agent/maintenance?enable=true&reason=try", ""),
        leader -> leader.agent.put("/v1/agent/maintenance?enable=false", ""));
    moves(
        "service in maintenance",
        leader -> leader.agent.put(maintenance(leader, true), ""),
        leader -> leader.agent.put(maintenance(leader, false), ""));
    moves(
        "session destroyed", leader -> server.put("/v1/session/destroy/" + session(), ""), nothing);
    moves("key deleted", leader -> server.delete("/v1/kv/election/web/leader"), nothing);
    moves(
        "service deregistered, and back",
        leader -> leader.agent.put("/v1/agent/service/deregister/" + leader.id, ""),
        leader -> leader.agent.put("/v1/agent/reload", ""));
    moves("agent killed, and back", leader -> leader.agent.kill(), l -> l.agent.launchAgain());
    moves(
        "cut off from the server", leader -> leader.host.cutOff(), leader -> leader.host.connect());
    moves("ballot told to leave", this::leaves, leader -> leader.ballot = leader.start());
    moves("ballot killed", leader -> leader.ballot.killGroup(), l -> l.ballot = l.start());

    Set<String> before = terms();
    Member leader = leader();
    server.put("/v1/kv/election/web/leader", "by hand");
    leader.agent.put("/v1/agent/service/register", OVERWRITTEN.formatted(leader.id));
    tagsAreRight(leader, Set.copyOf(members.values()));
    assertThat(terms()).isEqualTo(before);

    for (Member member : members.values()) {
      member.ballot.signal("TERM");
      assertThat(member.ballot.await(SOON)).isZero();
    }
    assertThat(tagged("primary")).isEmpty();
    hooksAlternate();
  }

  private static final String OVERWRITTEN =
      "{\"ID\": \"%s\", \"Name\": \"web\", \"Port\": 8000, \"Tags\": [\"v1\"]}";

  private static String maintenance(Member leader, boolean on) {
    return "/v1/agent/service/maintenance/" + leader.id + "?enable=" + on;
  }

  /** An agent looks for its servers every half minute once it has given them up. */
  private static void connect(Member leader) throws Exception {
    leader.host.connect();
    leader.agent.awaitServer();
  }

  private void leaves(Member leader) throws Exception {
    leader.ballot.signal("INT");
    assertThat(leader.ballot.await(SOON)).isZero();
  }

  /**
   * One promote hook and one demote hook a term, but for the one whose ballot was killed, and no
   * promote hook before the demote hook of the term before.
   */
  private void hooksAlternate() throws IOException {
    List<Hook> all = hooks();
    Map<String, List<Hook>> byTerm = new LinkedHashMap<>();
    all.forEach(hook -> byTerm.computeIfAbsent(hook.term(), term -> new ArrayList<>()).add(hook));
    Map<List<String>, Integer> shapes = new HashMap<>();
    byTerm
        .values()
        .forEach(hooks -> shapes.merge(hooks.stream().map(Hook::role).toList(), 1, Integer::sum));
    assertThat(shapes.keySet())
        .as(all.toString())
        .isSubsetOf(List.of("promote", "demote"), List.of("promote"));
    assertThat(shapes.getOrDefault(List.of("promote"), 0)).isEqualTo(1);
    List<Hook> sorted = all.stream().sorted((a, b) -> Long.compare(a.at(), b.at())).toList();
    for (int i = 1; i < sorted.size(); i++) {
      boolean isSecondPromotion =
          Stream.of(sorted.get(i - 1), sorted.get(i)).allMatch(h -> h.role().equals("promote"));
      assertThat(isSecondPromotion && !isOfKilled(byTerm, sorted.get(i - 1)))
          .as("two promotions in a row: " + sorted)
          .isFalse();
    }
  }

  private static boolean isOfKilled(Map<String, List<Hook>> byTerm, Hook hook) {
    return byTerm.getOrDefault(hook.term(), List.of()).size() == 1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    try {
      text.append("\nhooks:\n").append(Files.readString(hooks));
      for (Member member : members.values()) {
        text.append("\n").append(member).append(":\n").append(member.ballot.stdout());
        text.append(member.ballot.stderr());
      }
    } catch (IOException unreadable) {
      text.append(unreadable);
    }
    return text.toString();
  }
}

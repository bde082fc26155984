package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Roster;
import ballot.api.Roster.Entry;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who looks at an election of other processes. */
class OnlookerTest {

  private static final ElectionName ELECTION = new ElectionName("e");
  private static final Duration BUDGET = Duration.ofSeconds(20);

  @TempDir private Path dir;

  private ElectionStore store;

  @BeforeEach
  void somebodyLooks() {
    store = LocalStore.open(new LocalFolder(dir.resolve("elections")));
  }

  @AfterEach
  void nobodyLooks() {
    store.close();
  }

  @Test
  void an_election_that_never_was_is_empty_and_stays_unmade() throws StoreException {
    assertThat(look()).isEqualTo(new Roster(Optional.empty(), List.of(), List.of()));
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void the_leader_and_those_who_wait_are_shown_with_notes() throws Exception {
    try (Node leader = start("leader");
        Node second = start("second");
        Node third = start("third")) {
      long term = leader.wins("e").term();
      second.ask("ask e");
      third.ask("ask e");

      Roster roster = look();

      Entry shown = roster.leader().orElseThrow();
      assertThat(shown.id()).isEqualTo("leader");
      assertThat(shown.pid()).isEqualTo(Long.toString(leader.pid()));
      assertThat(shown.host()).isEqualTo("this-host");
      assertThat(shown.term()).isEqualTo(new Term(term));
      assertThat(shown.proposalTime()).isNotNull();
      assertThat(shown.lastSeenTime()).isNotNull();
      assertThat(shown.notes()).anyMatch(note -> note.startsWith("leads since "));
      assertThat(roster.candidates().stream().map(Entry::id))
          .containsExactly("leader", "second", "third");
      assertThat(roster.candidates().get(1).notes()).contains("next in line");
      assertThat(roster.candidates().get(2).notes()).isEmpty();
      assertThat(roster.notes()).anyMatch(note -> note.contains("the order is that of joining"));
    }
  }

  @Test
  void a_leader_that_was_killed_is_gone_and_so_is_one_who_waited() throws Exception {
    try (Node leader = start("leader");
        Node second = start("second")) {
      leader.wins("e");
      second.ask("ask e");
      second.kill();
      leader.kill();

      Roster roster = look();

      assertThat(roster.leader()).isEmpty();
      assertThat(notesOf(roster, "leader"))
          .anyMatch(note -> note.startsWith("led term 1 and is gone"));
      assertThat(notesOf(roster, "second")).anyMatch(note -> note.startsWith("gone: "));
    }
  }

  @Test
  void what_a_dead_leader_left_running_is_named() throws Exception {
    try (Node leader = start("leader")) {
      leader.wins("e");
      Path record = Path.of(leader.ask("record e"));
      try (Work work = Work.start(record, "e", "sleep 1001")) {
        work.has(2);
        leader.kill();

        assertThat(look().notes()).anyMatch(note -> note.contains("possibly still being ended: "));
        assertThat(work.living()).hasSize(2);
      }
      assertThat(look().notes()).isEmpty();
    }
  }

  @Test
  void a_leader_that_is_stopped_is_shown_as_such() throws Exception {
    try (Node leader = start("leader")) {
      leader.wins("e");
      leader.stop();

      Await.until(
          "it is seen to be stopped",
          BUDGET,
          () -> look().leader().orElseThrow().notes().toString().contains("SIGSTOP"));
      leader.signal("CONT");
    }
  }

  @Test
  void looking_does_not_drop_the_lock_of_a_leader_in_the_same_process() throws Exception {
    try (Node leader = start("leader");
        Node other = start("other")) {
      leader.wins("e");

      assertThat(leader.ask("observe e")).contains("id=leader");

      assertThat(other.ask("ask e")).startsWith("refused held by leader@");
    }
  }

  @Test
  void entries_that_nobody_can_read_are_shown_as_such() throws Exception {
    try (Node leader = start("leader");
        Node second = start("second")) {
      leader.wins("e");
      second.ask("ask e");
      for (Path file : candidates()) {
        if (Files.readString(file).contains("id: second")) {
          Files.writeString(file, "\0\u0007: what?\n");
        }
      }

      List<Entry> candidates = look().candidates();

      assertThat(candidates).hasSize(2);
      assertThat(candidates.get(1).id()).isNull();
      assertThat(candidates.get(1).proposalNode()).contains("candidate-");
    }
  }

  private List<Path> candidates() throws IOException {
    try (var files = Files.list(dir.resolve("elections/e/.ballot"))) {
      return files.filter(file -> file.toString().contains("candidate-")).toList();
    }
  }

  private Node start(String id) throws IOException {
    return Node.start(dir.resolve("elections"), id);
  }

  private Roster look() throws StoreException {
    return store.observe(ELECTION, BUDGET);
  }

  private static List<String> notesOf(Roster roster, String id) {
    return roster.candidates().stream()
        .filter(entry -> id.equals(entry.id()))
        .findFirst()
        .orElseThrow()
        .notes();
  }
}

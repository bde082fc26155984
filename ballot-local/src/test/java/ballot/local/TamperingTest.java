package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Await;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hands that reach into the folder while elections are held in it. */
class TamperingTest {

  private static final Duration A_WHILE = Duration.ofMillis(500);
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path dir;

  @Test
  void nobody_leads_beside_a_leader_whose_lock_file_was_removed() throws Exception {
    nobodyLeadsBesideALeaderAfter(() -> Files.delete(folder().resolve("lock")));
  }

  @Test
  void nobody_leads_beside_a_leader_whose_lock_file_was_replaced() throws Exception {
    nobodyLeadsBesideALeaderAfter(
        () -> {
          Files.delete(folder().resolve("lock"));
          Files.createFile(folder().resolve("lock"));
        });
  }

  @Test
  void nobody_leads_beside_a_leader_whose_folder_was_removed() throws Exception {
    nobodyLeadsBesideALeaderAfter(this::removeEverything);
  }

  /** As often as it takes: those who wait make files while this deletes them. */
  private void removeEverything() {
    Await.until(
        "nothing is left",
        BOUND,
        () -> {
          try {
            OpenFolder.deleteAll(elections());
            return true;
          } catch (DirectoryNotEmptyException again) {
            return false;
          }
        });
  }

  private interface Hand {
    void reachesIn() throws IOException;
  }

  private void nobodyLeadsBesideALeaderAfter(Hand hand) throws Exception {
    try (Node leader = Node.start(elections(), "leader");
        Node waiting = Node.start(elections(), "waiting");
        Node late = Node.start(elections(), "late")) {
      long term = leader.wins("e").term();
      assertThat(waiting.ask("ask e")).startsWith("refused");

      hand.reachesIn();

      Await.always(
          "the leader does not know yet, and nobody else leads",
          A_WHILE,
          () ->
              waiting.ask("ask e").startsWith("refused")
                  && late.ask("ask e").startsWith("refused"));
      assertThat(leader.ask("renew e " + term)).startsWith("refused");
      Await.always(
          "the leader is ending its work",
          A_WHILE,
          () ->
              waiting.ask("ask e").startsWith("refused")
                  && late.ask("ask e").startsWith("refused"));
      leader.ask("resign e " + term);
      Await.until(
          "one of those who wait leads",
          BOUND,
          () ->
              waiting.ask("ask e").startsWith("elected")
                  || late.ask("ask e").startsWith("elected"));
      assertThat(List.of(waiting.ask("ask e"), late.ask("ask e")))
          .filteredOn(answer -> answer.startsWith("elected"))
          .hasSize(1);
    }
  }

  @Test
  void a_leader_whose_folder_was_removed_stands_again_and_gets_a_higher_term() throws IOException {
    try (Node leader = Node.start(elections(), "leader")) {
      long term = leader.wins("e").term();
      term = again(leader, term);
      removeEverything();

      assertThat(leader.ask("renew e " + term)).startsWith("refused").contains("removed");
      assertThat(leader.wins("e").term()).isGreaterThan(term);
    }
  }

  @Test
  void a_leader_whose_lock_file_was_removed_does_not_block_who_found_the_new_one()
      throws IOException {
    try (Node leader = Node.start(elections(), "leader");
        Node late = Node.start(elections(), "late")) {
      long term = leader.wins("e").term();
      Files.delete(folder().resolve("lock"));
      assertThat(late.ask("ask e")).startsWith("refused").contains("removed");

      // It learns of it, ends its work and stands again, as an engine does.
      assertThat(leader.ask("renew e " + term)).startsWith("refused");
      assertThat(leader.ask("ask e")).startsWith("refused");

      assertThat(late.wins("e").term()).isGreaterThan(term);
    }
  }

  private static long again(Node leader, long term) throws IOException {
    leader.ask("resign e " + term);
    return leader.wins("e").term();
  }

  @Test
  void who_waits_for_a_lock_file_that_was_removed_waits_for_the_new_one() throws Exception {
    try (Node leader = Node.start(elections(), "leader");
        Node waiting = Node.start(elections(), "waiting")) {
      leader.wins("e");
      waiting.ask("ask e");
      Files.delete(folder().resolve("lock"));
      waiting.ask("ask e");

      leader.kill();

      assertThat(waiting.wins("e").term()).isGreaterThan(1);
    }
  }

  @Test
  void a_counter_that_cannot_be_read_is_refused_and_not_started_over() throws IOException {
    try (Node node = Node.start(elections(), "node")) {
      again(node, node.wins("e").term());
    }
    Path counter = folder().resolve("term");
    Files.writeString(counter, "what is this?\n");
    try (Node node = Node.start(elections(), "node")) {
      assertThat(node.ask("ask e"))
          .startsWith("RejectedException ")
          .contains(counter.toString(), "must not start over");
      assertThat(node.ask("ask e")).startsWith("RejectedException ");
      Files.writeString(counter, "1000\n");

      assertThat(node.wins("e").term()).isEqualTo(1001);
    }
  }

  @Test
  void a_counter_that_became_a_pipe_is_refused_and_does_not_hang() throws Exception {
    try (Node node = Node.start(elections(), "node")) {
      again(node, node.wins("e").term());
    }
    Path counter = folder().resolve("term");
    Files.delete(counter);
    assertThat(new ProcessBuilder("mkfifo", counter.toString()).start().waitFor()).isZero();
    try (Node node = Node.start(elections(), "node")) {
      assertThat(node.ask("ask e")).startsWith("RejectedException ");
    }
  }

  @Test
  void what_the_dead_left_is_swept_by_the_next_leader() throws Exception {
    try (Node dead = Node.start(elections(), "dead");
        Node next = Node.start(elections(), "next")) {
      dead.wins("e");
      dead.kill();
      next.wins("e");

      Await.until(
          "only one is left",
          BOUND,
          () -> {
            try (var files = Files.list(folder())) {
              return files
                      .filter(file -> file.getFileName().toString().startsWith("candidate-"))
                      .count()
                  == 1;
            }
          });
    }
  }

  private Path elections() {
    return dir.resolve("elections");
  }

  private Path folder() {
    return elections().resolve("e").resolve(".ballot");
  }
}

package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Await;
import ballot.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elections between processes, where the kernel decides. */
class ProcessesTest {

  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path dir;

  @Test
  void a_leader_that_is_stopped_keeps_its_leadership() throws Exception {
    try (Node leader = Node.start(dir, "leader");
        Node other = Node.start(dir, "other")) {
      long term = leader.wins("e").term();
      leader.stop();

      Await.always(
          "a stopped leader leads",
          Duration.ofSeconds(2),
          () -> other.ask("ask e").startsWith("refused held by leader@"));

      leader.signal("CONT");
      assertThat(leader.ask("renew e " + term)).startsWith("elected " + term + " ");
    }
  }

  @Test
  void a_process_that_is_stopped_in_line_keeps_nobody_waiting() throws Exception {
    try (Node leader = Node.start(dir, "leader");
        Node stopped = Node.start(dir, "stopped");
        Node next = Node.start(dir, "next")) {
      long term = leader.wins("e").term();
      stopped.order("win e 20");
      Await.until("it is in line", BOUND, () -> next.ask("observe e").contains("id=stopped"));
      stopped.stop();
      next.order("win e 20");

      leader.ask("resign e " + term);

      long won = next.win().term();
      assertThat(won).isGreaterThan(term);
      next.ask("resign e " + won);
      stopped.signal("CONT");
      assertThat(stopped.win().term()).isGreaterThan(won);
    }
  }

  @Test
  void who_resigns_lets_other_processes_go_first() throws IOException {
    try (Node one = Node.start(dir, "one");
        Node two = Node.start(dir, "two")) {
      for (int round = 0; round < 20; round++) {
        long term = one.wins("e").term();
        assertThat(two.ask("ask e")).startsWith("refused");
        two.order("win e 20");

        one.ask("resign e " + term);

        assertThat(one.ask("ask e")).startsWith("refused");
        two.ask("resign e " + two.win().term());
      }
    }
  }

  @Test
  void five_processes_race_and_never_lead_two_at_once() throws Exception {
    SplittableRandom random = Seeds.announced("the race of five processes");
    Path witness = Files.createDirectory(dir.resolve("witness"));
    List<Node> racers = new ArrayList<>();
    try {
      for (int number = 0; number < 5; number++) {
        racers.add(Node.start(dir.resolve("elections"), "racer-" + number));
      }
      for (Node racer : racers) {
        racer.order("race e %s %d 60".formatted(witness, random.nextLong()));
      }
      for (Node racer : racers) {
        assertThat(racer.answer()).isEqualTo("won 60");
      }
    } finally {
      for (Node racer : racers) {
        racer.close();
      }
    }
    List<Long> terms =
        Files.readAllLines(witness.resolve("terms")).stream().map(Long::parseLong).toList();
    assertThat(terms).hasSize(5 * 60).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void two_processes_that_lead_each_what_the_other_wants_are_no_deadlock() throws IOException {
    try (Node one = Node.start(dir, "one");
        Node two = Node.start(dir, "two")) {
      long ofA = one.wins("a").term();
      long ofB = two.wins("b").term();
      one.ask("ask b");
      two.ask("ask a");
      one.order("win b 20");

      two.ask("resign b " + ofB);
      assertThat(one.win().term()).isGreaterThan(ofB);

      assertThat(one.ask("renew a " + ofA)).startsWith("elected " + ofA + " ");
      two.order("win a 20");
      one.ask("resign a " + ofA);
      assertThat(two.win().term()).isGreaterThan(ofA);
    }
  }

  @Test
  void many_that_wait_each_get_their_turn() throws IOException {
    List<Node> nodes = new ArrayList<>();
    try {
      for (int number = 0; number < 4; number++) {
        nodes.add(Node.start(dir, "node-" + number));
      }
      Node leader = nodes.getFirst();
      long term = leader.wins("e").term();
      for (Node node : nodes.subList(1, 4)) {
        node.order("win e 20");
      }
      leader.ask("resign e " + term);
      List<Node> waiting = new ArrayList<>(nodes.subList(1, 4));
      while (!waiting.isEmpty()) {
        Node winner = whoAnswers(waiting);
        winner.ask("resign e " + winner.win().term());
        waiting.remove(winner);
      }
    } finally {
      for (Node node : nodes) {
        node.close();
      }
    }
  }

  private static Node whoAnswers(List<Node> nodes) {
    return Await.value(
        "somebody wins",
        BOUND,
        () -> {
          for (Node node : nodes) {
            if (node.hasAnswered()) {
              return node;
            }
          }
          return null;
        });
  }
}

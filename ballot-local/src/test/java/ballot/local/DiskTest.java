package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes nothing more, and one that does not answer. */
class DiskTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path dir;

  @Test
  void a_leader_stays_in_office_on_a_full_disk_and_gives_it_back_in_order() throws Exception {
    try (Node leader = Node.start(dir, "leader");
        Node other = Node.start(dir, "other")) {
      long term = leader.wins("e").term();
      mayWrite(leader, "0");

      assertThat(leader.ask("renew e " + term)).startsWith("elected " + term + " ");
      other.ask("ask e");
      assertThat(leader.ask("resign e " + term)).startsWith("resigned");
      assertThat(other.wins("e").term()).isGreaterThan(term);
    }
  }

  @Test
  void who_cannot_count_the_term_does_not_lead_and_lets_others_lead() throws Exception {
    try (Node full = Node.start(dir, "full");
        Node other = Node.start(dir, "other")) {
      long term = full.wins("e").term();
      full.ask("resign e " + term);
      mayWrite(full, "0");

      assertThat(full.ask("ask e")).startsWith("UnavailableException ").contains("File too large");
      long next = other.wins("e").term();
      assertThat(next).isGreaterThan(term);

      other.ask("resign e " + next);
      other.close();
      mayWrite(full, "unlimited");
      assertThat(full.wins("e").term()).isGreaterThan(next);
    }
  }

  /** The kernel's limit on the size of files does to one process what a full disk does to all. */
  static void mayWrite(Node node, String bytes) throws Exception {
    String limit = "--fsize=" + bytes + ":unlimited";
    assertThat(
            new ProcessBuilder("prlimit", "--pid", Long.toString(node.pid()), limit)
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }

  @Test
  void a_disk_that_hangs_costs_a_candidate_its_answer_and_nothing_else() throws Exception {
    try (ElectionStore store = LocalStore.open(new LocalFolder(dir));
        Candidacy candidacy =
            store.stand(new ElectionName("e"), Contender.candidate("hanging"), new Signals())) {
      Elected first = (Elected) candidacy.campaign(LONG);
      candidacy.resign(first.lease().term(), LONG);

      try (HangingFile counter = HangingFile.of(folder().resolve("term"))) {
        long start = System.nanoTime();
        assertThatExceptionOfType(UnavailableException.class)
            .isThrownBy(() -> candidacy.campaign(SHORT))
            .withMessageContaining("no answer from the disk");
        assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(2).toNanos());
        assertThat(counter.isHanging()).isTrue();
      }

      Elected second = (Elected) candidacy.campaign(LONG);
      assertThat(second.lease().term()).isGreaterThan(first.lease().term());
      assertThat(candidacy.renew(second.lease().term(), LONG)).isInstanceOf(Elected.class);
    }
  }

  @Test
  void closing_does_not_wait_for_a_disk_that_hangs() throws IOException, StoreException {
    ElectionStore store = LocalStore.open(new LocalFolder(dir));
    Candidacy candidacy =
        store.stand(new ElectionName("e"), Contender.candidate("hanging"), new Signals());
    Elected first = (Elected) candidacy.campaign(LONG);
    candidacy.resign(first.lease().term(), LONG);
    try (HangingFile counter = HangingFile.of(folder().resolve("term"))) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> candidacy.campaign(SHORT));
      long start = System.nanoTime();

      store.close();

      assertThat(System.nanoTime() - start).isLessThan(Duration.ofMillis(1500).toNanos());
      assertThat(counter.isHanging()).isTrue();
    }
    Await.until("the question that hung is over, and nothing is left of it", LONG, this::isEmpty);
  }

  private boolean isEmpty() throws IOException {
    return Line.of(new LocalFolder(dir).of(new ElectionName("e"))).places().isEmpty();
  }

  private Path folder() {
    return new LocalFolder(dir).of(new ElectionName("e")).path();
  }
}

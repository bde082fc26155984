package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Ledger.Page;
import ballot.api.Ledger.Receipt.Written;
import ballot.api.StoreException;
import ballot.api.Term;
import ballot.api.UnavailableException;
import ballot.api.Verdict.Elected;
import ballot.testkit.Contender;
import ballot.testkit.Seeds;
import ballot.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ledgers between processes, under hands that reach in, and on a disk that takes or says nothing.
 */
class LedgersTest {

  private static final ElectionName ELECTION = new ElectionName("e");
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private Path dir;

  @Test
  void what_a_leader_was_told_is_written_outlasts_its_being_killed_and_nothing_half_does()
      throws Exception {
    SplittableRandom random = Seeds.announced("when writers are killed");
    try (ElectionStore onlooker = LocalStore.open(new LocalFolder(dir));
        Node next = Node.start(dir, "next")) {
      for (int round = 0; round < 6; round++) {
        long told = counted(random.nextInt(60));

        Page page = onlooker.readLedger(ELECTION, LedgerKeeping.NAME, LONG);

        long number = Long.parseLong(page.text().substring(0, page.text().indexOf(' ')));
        assertThat(number).isBetween(told, told + 100);
        assertThat(page.text().equals(LedgerKeeping.text(number))).as("all is there").isTrue();
        long term = next.wins("e").term();
        assertThat(next.ask("write e " + term + " next")).startsWith("written");
        assertThat(next.ask("resign e " + term)).startsWith("resigned");
      }
    }
  }

  /** Has a process count, which is killed while it does; the last number that it told. */
  private long counted(int atLeast) throws Exception {
    try (Node leader = Node.start(dir, "leader")) {
      leader.order("count e " + leader.wins("e").term());
      for (int number = 0; number < atLeast; number++) {
        assertThat(leader.answer()).isEqualTo("counted " + number);
      }
      String last = leader.answer();
      leader.kill();
      return Long.parseLong(last.substring("counted ".length()));
    }
  }

  @Test
  void a_leader_whose_lock_file_was_removed_writes_nothing() throws Exception {
    writesNothingAfter(() -> Files.delete(folder().lock()), "stands: before");
  }

  @Test
  void a_leader_whose_lock_file_was_replaced_writes_nothing() throws Exception {
    writesNothingAfter(
        () -> {
          Files.delete(folder().lock());
          Files.createFile(folder().lock());
        },
        "stands: before");
  }

  @Test
  void a_leader_whose_folder_was_removed_writes_nothing() throws Exception {
    writesNothingAfter(() -> OpenFolder.deleteAll(folder().path()), "stands: ");
    assertThat(folder().ledger(LedgerKeeping.NAME)).doesNotExist();
  }

  @Test
  void a_leader_whose_folder_was_replaced_by_a_copy_writes_nothing() throws Exception {
    writesNothingAfter(
        () -> {
          Path copy = Files.createDirectory(dir.resolve("copy"));
          for (Path file : new Path[] {folder().lock(), folder().term(), ledger()}) {
            Files.copy(file, copy.resolve(file.getFileName()));
          }
          OpenFolder.deleteAll(folder().path());
          Files.move(copy, folder().path());
        },
        "stands: before");
  }

  private interface Hand {
    void reachesIn() throws IOException;
  }

  private void writesNothingAfter(Hand hand, String then) throws Exception {
    try (Node leader = Node.start(dir, "leader")) {
      long term = leader.wins("e").term();
      assertThat(leader.ask("write e " + term + " before")).startsWith("written");

      hand.reachesIn();

      assertThat(leader.ask("write e " + term + " after")).startsWith("leads not: ");
      assertThat(leader.ask("read e")).isEqualTo(then);
    }
  }

  @Test
  void on_a_full_disk_the_last_page_stays_and_the_leader_leads_on() throws Exception {
    try (Node leader = Node.start(dir, "leader")) {
      long term = leader.wins("e").term();
      leader.ask("write e " + term + " before");
      DiskTest.mayWrite(leader, "0");

      for (int attempt = 0; attempt < 3; attempt++) {
        assertThat(leader.ask("write e " + term + " lost")).startsWith("UnavailableException ");
        assertThat(leader.ask("read e")).isEqualTo("stands: before");
        assertThat(leader.ask("renew e " + term)).startsWith("elected " + term + " ");
      }
      DiskTest.mayWrite(leader, "unlimited");
      assertThat(leader.ask("write e " + term + " after")).startsWith("written");
      assertThat(leader.ask("read e")).isEqualTo("stands: after");
    }
  }

  @Test
  void a_disk_that_hangs_costs_an_answer_and_nothing_else() throws Exception {
    try (ElectionStore store = LocalStore.open(new LocalFolder(dir));
        Candidacy candidacy =
            store.stand(ELECTION, Contender.candidate("hanging"), new Signals())) {
      Ledger ledger = candidacy.ledger(LedgerKeeping.NAME).orElseThrow();
      Term term = ((Elected) candidacy.campaign(LONG)).lease().term();
      Page before = ((Written) ledger.write(term, Page.BLANK, "before", LONG)).page();

      try (HangingFile hanging = HangingFile.of(ledger())) {
        hangs(() -> ledger.read(SHORT));
        hangs(() -> store.readLedger(ELECTION, LedgerKeeping.NAME, SHORT));
        hangs(() -> ledger.write(term, before, "lost or not", SHORT));
        assertThat(hanging.isHanging()).isTrue();
      }

      ledger.write(term, before, "lost or not", LONG);
      assertThat(ledger.read(LONG).text()).isEqualTo("lost or not");
      assertThat(candidacy.renew(term, LONG)).isInstanceOf(Elected.class);
    }
  }

  private interface Question {
    void put() throws StoreException;
  }

  private static void hangs(Question question) {
    long start = System.nanoTime();
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(question::put)
        .withMessageContaining("no answer from the disk");
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(2).toNanos());
  }

  private ElectionFolder folder() {
    return new LocalFolder(dir).of(ELECTION);
  }

  private Path ledger() {
    return folder().ledger(LedgerKeeping.NAME);
  }
}

package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.Candidacy;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.StoreException;
import ballot.api.Verdict;
import ballot.api.Verdict.Elected;
import ballot.api.Verdict.NotElected;
import ballot.testkit.Await;
import ballot.testkit.Contender;
import ballot.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No leader begins while anything of a former leader's work is left. */
class LeftoversTest {

  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir private Path dir;

  private final Signals signals = new Signals();
  private ElectionStore store;
  private Candidacy next;

  @BeforeEach
  void somebodyStands() {
    store = LocalStore.open(new LocalFolder(dir));
    next = store.stand(new ElectionName("e"), Contender.candidate("next"), signals);
  }

  @AfterEach
  void everybodyLeaves() {
    store.close();
  }

  @Test
  void what_resists_is_killed_before_the_next_leader_begins() throws Exception {
    String stubborn =
        """
        trap '' TERM HUP INT
        sleep 1001 &
        (sleep 1002 & (trap '' TERM; sleep 1003 & exec sleep 1004) & ) &
        sh -c 'kill -STOP $$; sleep 1005' &
        timeout 1006 sleep 1006 &
        wait
        """;
    try (Node leader = Node.start(dir, "leader")) {
      leader.wins("e");
      try (Work work = Work.start(record(leader), "e", stubborn)) {
        work.has(8);
        refused();

        leader.kill();

        long start = System.nanoTime();
        Elected elected = wins();
        assertThat(work.living()).isEmpty();
        assertThat(elected.holdOff()).isZero();
        System.out.printf(
            "unguarded leftovers were over after %d ms%n", (System.nanoTime() - start) / 1_000_000);
      }
    }
  }

  @Test
  void the_next_leader_is_told_as_soon_as_the_guard_is_done() throws Exception {
    try (Node leader = Node.start(dir, "leader")) {
      leader.wins("e");
      try (Work work = Work.start(record(leader), "e", "sleep 1001 & sleep 1002")) {
        work.has(3);
        refused();
        leader.kill();
        Await.until(
            "it is being ended",
            BOUND,
            () ->
                campaign() instanceof NotElected no && no.because().contains("still being ended"));
        signals.forget();

        work.kill();

        assertThat(signals.await(Duration.ofSeconds(1))).isTrue();
        assertThat(campaign()).isInstanceOf(Elected.class);
      }
    }
  }

  @Test
  void a_new_process_with_an_old_number_is_left_alone() throws Exception {
    try (Node leader = Node.start(dir, "leader");
        Work other = Work.ofSomebodyElse("sleep 1001; :").has(2)) {
      leader.wins("e");
      ProcessStat living = ProcessTable.living(other.session()).orElseThrow();
      forge(record(leader), living, living.startTicks() - 1);
      refused();

      leader.kill();

      wins();
      assertThat(ProcessTable.living(other.session()))
          .map(ProcessStat::startTicks)
          .contains(living.startTicks());
    }
  }

  @Test
  void a_session_that_may_be_somebody_elses_is_waited_for_and_never_killed() throws Exception {
    try (Node leader = Node.start(dir, "leader");
        Work other = Work.ofSomebodyElse("sleep 1001 &")) {
      leader.wins("e");
      other.has(1);
      ProcessStat orphan = other.living().getFirst();
      forge(record(leader), orphan, orphan.startTicks(), other.session());
      refused();
      leader.kill();

      Await.until(
          "it is said what to do",
          BOUND,
          () -> campaign() instanceof NotElected no && no.because().contains("or delete"));
      assertThat(other.living()).containsExactly(orphan);
      OpenFolder.deleteAll(gone());

      wins();
      assertThat(other.living()).containsExactly(orphan);
    }
  }

  @Test
  void a_foreground_job_is_ended_and_the_rest_of_its_terminal_is_left_alone() throws Exception {
    String shell =
        """
        set -m
        sleep 1001 &
        ( read -r stat < /proc/self/stat; echo "$stat" >> "$JOB_RECORD"
          export BALLOT_RUN_BACKEND=local BALLOT_RUN_ELECTION=e
          timeout 1002 sleep 1002 & exec sleep 1003 ) &
        wait
        """;
    try (Node leader = Node.start(dir, "leader")) {
      leader.wins("e");
      String withRecord = "JOB_RECORD='" + record(leader) + "'\n" + shell;
      try (Work terminal = Work.ofSomebodyElse(withRecord)) {
        terminal.has(5);
        refused();
        leader.kill();

        wins();

        assertThat(terminal.living().stream().map(ProcessStat::command))
            .containsExactlyInAnyOrder("sh", "sleep");
      }
    }
  }

  @Test
  void a_record_from_before_the_machine_was_started_is_forgotten() throws Exception {
    try (Work other = Work.ofSomebodyElse("sleep 1001; :").has(2)) {
      ProcessStat living = ProcessTable.living(other.session()).orElseThrow();
      ProcessIdentity self = ProcessIdentity.self();
      ProcessIdentity before =
          new ProcessIdentity(
              self.pid(),
              self.startTicks(),
              self.namespace(),
              "00000000-0000-0000-0000-000000000000");
      forge(recordOf(before), living, living.startTicks());

      assertThat(wins().holdOff()).isZero();

      assertThat(ProcessTable.living(other.session()).map(ProcessStat::startTicks))
          .contains(living.startTicks());
    }
  }

  @Test
  void a_record_from_another_container_is_given_the_time_of_a_guard() throws Exception {
    ProcessIdentity self = ProcessIdentity.self();
    ProcessIdentity elsewhere =
        new ProcessIdentity(self.pid(), self.startTicks(), "1-1", self.boot());
    ProcessStat anybody = ProcessTable.living(self.pid()).orElseThrow();
    forge(recordOf(elsewhere), anybody, anybody.startTicks());

    assertThat(wins().holdOff()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void a_candidacy_that_was_closed_in_office_leaves_its_work_to_the_next() throws Exception {
    ElectionStore former = LocalStore.open(new LocalFolder(dir));
    Candidacy leader =
        former.stand(new ElectionName("e"), Contender.candidate("former"), new Signals());
    leader.campaign(BUDGET);
    try (Work work = Work.start(leader.workRecord().orElseThrow(), "e", "sleep 1001")) {
      work.has(2);
      refused();
      former.close();

      wins();

      assertThat(work.living()).isEmpty();
    }
  }

  @Test
  void who_is_late_to_record_itself_finds_no_record() throws Exception {
    try (Node leader = Node.start(dir, "leader")) {
      leader.wins("e");
      Path record = record(leader);
      Files.writeString(record, "1 (nobody) S 0 0 0 0\n");
      refused();
      leader.kill();
      wins();

      try (Work late = Work.start(record, "e", "sleep 1001")) {
        assertThat(late.status()).isEqualTo(125);
      }
    }
  }

  private Path record(Node leader) throws IOException {
    return Path.of(leader.ask("record e"));
  }

  private Path recordOf(ProcessIdentity process) throws IOException {
    Path record =
        new LocalFolder(dir)
            .of(new ElectionName("e"))
            .entry(ElectionFolder.Kind.WORK, new Badge(process, 1))
            .resolve(WorkRecord.FILE);
    Files.createDirectories(record.getParent());
    return record;
  }

  private Path gone() throws IOException {
    ElectionFolder folder = new LocalFolder(dir).of(new ElectionName("e"));
    return folder.entries(ElectionFolder.Kind.GONE).getFirst().file();
  }

  private static void forge(Path record, ProcessStat process, long startTicks) throws IOException {
    forge(record, process, startTicks, process.pid());
  }

  private static void forge(Path record, ProcessStat process, long startTicks, long session)
      throws IOException {
    String between = " 0 -1 0 0 0 0 0 0 0 0 0 0 20 0 1 0 ";
    Files.writeString(
        record,
        session
            + " ("
            + process.command()
            + ") S 1 "
            + session
            + " "
            + session
            + between
            + startTicks
            + " 0 0\n");
  }

  private Verdict campaign() throws StoreException {
    return next.campaign(BUDGET);
  }

  private void refused() throws StoreException {
    assertThat(campaign()).isInstanceOf(NotElected.class);
  }

  private Elected wins() {
    return Await.value(
        "the next one wins", BOUND, () -> campaign() instanceof Elected elected ? elected : null);
  }
}

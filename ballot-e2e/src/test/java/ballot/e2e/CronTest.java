package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of {@code run cron}, on real processes. */
final class CronTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private CronRuns runs;
  private int calls;

  @BeforeEach
  void prepare() {
    runs = new CronRuns(folder.resolve("runs"));
  }

  private List<String> backend() {
    return List.of("--backend", "local", "--local-dir", folder.resolve("elections").toString());
  }

  private Program cron(String options, String work) throws Exception {
    return cron("@every 1s", options, work);
  }

  private Program cron(String schedule, String options, String work) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "cron", "--schedule", schedule));
    line.addAll(backend());
    line.addAll(Arrays.stream(options.split(" ")).filter(word -> !word.isEmpty()).toList());
    line.add("--");
    line.addAll(runs.command(work));
    return Program.start(folder, "cron-" + calls++, line);
  }

  private String info() throws Exception {
    List<String> line = new ArrayList<>(List.of("info", "-o", "json"));
    line.addAll(backend());
    try (Program info = Program.start(folder, "info-" + calls++, line)) {
      assertThat(info.await(PATIENCE)).as(info.stderr()).isZero();
      return info.stdout();
    }
  }

  private void awaitRuns(int count) throws Exception {
    Await.until(PATIENCE, () -> count + " runs", () -> runs.all().size() >= count);
  }

  private static void leave(Program program) throws Exception {
    program.signal("TERM");
    program.await(PATIENCE);
  }

  @Test
  void a_run_knows_its_tick_and_its_id_and_info_shows_what_was_run_and_what_is_next()
      throws Exception {
    try (Program cron = cron("", "true")) {
      awaitRuns(3);
      assertThat(info()).contains("\"schedule\": \"@every 1s\"", "\"nextTick\"", "\"succeeded\"");
      leave(cron);
      CronRuns.Run first = runs.all().getFirst();
      assertThat(first.id()).startsWith(first.token() + "-");
      assertThat(runs.all().stream().map(CronRuns.Run::id)).doesNotHaveDuplicates();
      assertThat(runs.doubled()).isEmpty();
      assertThat(cron.stdout()).contains("tick " + first.tick());
    }
  }

  @Test
  void skip_leaves_out_what_is_due_while_a_run_goes_on_and_names_it() throws Exception {
    try (Program cron = cron("", "sleep 1.4")) {
      awaitRuns(3);
      leave(cron);
      assertThat(runs.anyOverlap()).isFalse();
      assertThat(runs.missing()).isNotEmpty();
      assertThat(info()).contains("the run before was still going on");
      assertThat(cron.stdout()).contains("is not run: the run before was still going on");
    }
  }

  @Test
  void queue_runs_it_afterwards() throws Exception {
    Path slow = folder.resolve("slow");
    Files.createFile(slow);
    try (Program cron =
        cron(
            "--concurrency queue", "if rm '%s' 2> /dev/null; then sleep 2.5; fi".formatted(slow))) {
      awaitRuns(5);
      leave(cron);
      assertThat(runs.anyOverlap()).isFalse();
      assertThat(runs.missing()).isEmpty();
      assertThat(runs.doubled()).isEmpty();
    }
  }

  @Test
  void replace_ends_the_run_before() throws Exception {
    try (Program cron = cron("--concurrency replace", "exec sleep 60")) {
      awaitRuns(3);
      assertThat(info()).contains("\"replaced\"", "\"running\"");
      leave(cron);
      assertThat(runs.doubled()).isEmpty();
    }
  }

  @Test
  void allow_runs_beside() throws Exception {
    try (Program cron = cron("--concurrency allow", "sleep 2.5")) {
      awaitRuns(4);
      leave(cron);
      assertThat(runs.anyOverlap()).isTrue();
      assertThat(runs.doubled()).isEmpty();
    }
  }

  @Test
  void a_run_that_overstays_its_deadline_is_ended_whole_and_the_next_is_on_time() throws Exception {
    Path pids = folder.resolve("pids");
    String stubborn =
        "trap '' TERM; (trap '' TERM; sleep 61) & echo $! >> '%s'; sleep 61".formatted(pids);
    // Far enough apart for a machine on which ending a command takes seconds.
    try (Program cron = cron("@every 4s", "--deadline 300ms --stop-timeout 200ms", stubborn)) {
      awaitRuns(3);
      assertThat(info()).contains("\"overdue\"");
      leave(cron);
    }
    for (String pid : Files.readAllLines(pids)) {
      Await.until(PATIENCE, () -> pid + " lives", () -> !Files.exists(Path.of("/proc", pid)));
    }
    assertThat(runs.doubled()).isEmpty();
    List<Instant> ticks = runs.ticks().stream().sorted().toList();
    for (int i = 1; i < ticks.size(); i++) {
      assertThat(ticks.get(i)).isEqualTo(ticks.get(i - 1).plusSeconds(4));
    }
    assertThat(runs.all()).allSatisfy(run -> assertThat(run.late()).isLessThan(2));
  }

  @Test
  void what_nobody_ran_is_named_or_made_up_for() throws Exception {
    try (Program first = cron("", "true")) {
      awaitRuns(1);
      leave(first);
    }
    Thread.sleep(3_000); // ticks that nobody runs
    try (Program second = cron("--catch-up all", "true")) {
      awaitRuns(6);
      leave(second);
      assertThat(runs.missing()).isEmpty();
      assertThat(runs.doubled()).isEmpty();
    }
    int before = runs.all().size();
    Thread.sleep(3_000);
    try (Program third = cron("--catch-up last", "true")) {
      awaitRuns(before + 2);
      leave(third);
      assertThat(third.stdout()).contains("only the latest is caught up with");
    }
    int then = runs.all().size();
    Thread.sleep(3_000);
    try (Program fourth = cron("", "true")) {
      awaitRuns(then + 2);
      leave(fourth);
      assertThat(fourth.stdout()).contains("nobody led when it was due");
    }
    assertThat(runs.doubled()).isEmpty();
    assertThat(info()).contains("nobody led when it was due");
  }

  @Test
  void a_start_deadline_holds_for_what_is_made_up_for_too() throws Exception {
    try (Program first = cron("", "true")) {
      awaitRuns(1);
      leave(first);
    }
    Thread.sleep(4_000);
    try (Program second = cron("--catch-up all --start-deadline 2s", "true")) {
      awaitRuns(3);
      leave(second);
      assertThat(second.stdout()).contains("it could not start within 2s");
      assertThat(runs.missing()).isNotEmpty();
    }
  }

  @Test
  void a_failed_run_ends_everything_with_its_status_if_asked_to() throws Exception {
    try (Program cron = cron("--on-child-error exit", "exit 7")) {
      assertThat(cron.await(PATIENCE)).isEqualTo(7);
      assertThat(info()).contains("\"failed\"", "\"status\": 7");
    }
  }

  @Test
  void a_failed_run_is_tried_again_if_asked_to() throws Exception {
    try (Program cron =
        cron(
            "--on-child-error rerun --rerun-delay 100ms",
            "case $BALLOT_RUN_ID in *-3) ;; *) exit 1;; esac")) {
      Await.until(
          PATIENCE,
          () -> "a third attempt",
          () -> runs.all().stream().anyMatch(run -> run.id().endsWith("-3")));
      leave(cron);
    }
  }

  @Test
  void reelect_passes_the_schedule_on_and_no_tick_is_run_by_both() throws Exception {
    try (Program one = cron("--on-child-success reelect --rerun-delay 0s", "true");
        Program other = cron("--on-child-success reelect --rerun-delay 0s", "true")) {
      awaitRuns(6);
      leave(one);
      leave(other);
      assertThat(one.stdout()).contains("command started");
      assertThat(other.stdout()).contains("command started");
      assertThat(runs.doubled()).isEmpty();
      List<Long> tokens = runs.all().stream().map(CronRuns.Run::token).toList();
      assertThat(tokens).isSorted();
    }
  }

  /** What a start on a host in Berlin says before it leads. */
  private String begins(String... options) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "cron"));
    line.addAll(backend());
    line.addAll(List.of(options));
    line.addAll(List.of("--", "true"));
    Map<String, String> berlin = Map.of("TZ", "Europe/Berlin");
    try (Program cron = Program.start(folder, "zone-" + calls++, berlin, line)) {
      Await.until(PATIENCE, cron::stdoutOrNothing, () -> cron.stdout().contains("elected"));
      leave(cron);
      return cron.stdout();
    }
  }

  @Test
  void a_schedule_in_a_zone_that_nobody_named_says_which_it_is_and_where_to_set_it()
      throws Exception {
    String warning = "the schedule is meant in Europe/Berlin, the time zone of this host";
    assertThat(begins("--schedule", "@yearly"))
        .containsOnlyOnce(warning)
        .contains("WARN", "--timezone Europe/Berlin", "CRON_TZ=Europe/Berlin");
    assertThat(begins("--schedule", "@yearly", "--timezone", "Asia/Tokyo"))
        .doesNotContain(warning, "the time zone of this host");
    assertThat(begins("--schedule", "CRON_TZ=Asia/Tokyo @yearly"))
        .doesNotContain("the time zone of this host");
    assertThat(begins("--schedule", "@every 24h")).doesNotContain("the time zone of this host");
  }

  @Test
  void the_leader_that_waits_for_a_tick_leaves_at_once() throws Exception {
    List<String> line = new ArrayList<>(List.of("run", "cron", "--schedule", "@yearly"));
    line.addAll(backend());
    line.addAll(List.of("--", "true"));
    try (Program cron = Program.start(folder, "yearly", line)) {
      Await.until(PATIENCE, cron::stdoutOrNothing, () -> cron.stdout().contains("elected"));
      cron.signal("TERM");
      assertThat(cron.await(PATIENCE)).isEqualTo(143);
    }
  }

  @Test
  void next_prints_ticks_and_runs_nothing_and_a_wrong_schedule_says_what_is_allowed()
      throws Exception {
    try (Program next =
        Program.start(
            folder,
            "next",
            List.of(
                "run", "cron", "--schedule", "CRON_TZ=Europe/Berlin 30 3 * * *", "--next", "5"))) {
      assertThat(next.await(PATIENCE)).isZero();
      assertThat(next.stdout().lines()).hasSize(5).allMatch(line -> line.contains("T03:30:00+0"));
      assertThat(next.stderr()).isEmpty();
    }
    try (Program wrong =
        Program.start(
            folder, "wrong", List.of("run", "cron", "--schedule", "61 * * * *", "--", "true"))) {
      assertThat(wrong.await(PATIENCE)).isEqualTo(64);
      assertThat(wrong.stderr()).contains("minute", "61", "0-59");
    }
  }
}

package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many calls at once on one fence, some of them killed: runs never overlap, and none comes after
 * one with a higher token. Seen from outside: each run holds a lock of its own kind, which its last
 * process gives back as it ends.
 */
final class FenceCrowdTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CALLS = 20;
  private static final int CALLS_A_TERM = 2;
  private static final int OUT_OF_ORDER = 6;
  private static final int KILLS = 4;

  private static final String COMMAND =
      "exec 9>witness; flock -n 9 || echo overlap >> story;"
          + " echo $0 $BALLOT_RUN_FENCING_TOKEN >> story; sleep 0.15";

  @TempDir private Path folder;

  /** One call, and one that has run. */
  private record Call(int number, long token) {}

  @Test
  void runs_never_overlap_and_tokens_never_go_back() throws Exception {
    long seed = System.nanoTime();
    crowd(new Random(seed), "seed " + seed, 0);
  }

  @Test
  void not_when_some_are_killed_either() throws Exception {
    long seed = System.nanoTime();
    crowd(new Random(seed), "seed " + seed, KILLS);
  }

  private void crowd(Random random, String about, int kills) throws Exception {
    List<Call> calls = draw(random);
    List<Program> programs = new ArrayList<>();
    try {
      for (Call call : calls) {
        programs.add(start(call));
      }
      for (int i = 0; i < kills; i++) {
        killWhoRuns(programs, story().size(), about);
      }
      List<Integer> statuses = new ArrayList<>();
      for (Program program : programs) {
        statuses.add(program.await(PATIENCE));
      }
      check(about, calls, statuses, kills);
    } finally {
      for (Program program : programs) {
        program.close();
      }
    }
  }

  /** Each term a few times, and out of order, but not so much that the last one comes first. */
  private static List<Call> draw(Random random) {
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      tokens.add(1L + i / CALLS_A_TERM);
    }
    for (int i = 0; i < CALLS; i += OUT_OF_ORDER) {
      Collections.shuffle(tokens.subList(i, Math.min(CALLS, i + OUT_OF_ORDER)), random);
    }
    List<Call> calls = new ArrayList<>();
    for (long token : tokens) {
      calls.add(new Call(calls.size(), token));
    }
    return calls;
  }

  private Program start(Call call) throws IOException {
    String number = Integer.toString(call.number());
    String token = Long.toString(call.token());
    return Program.start(
        folder,
        "call-" + number,
        List.of("fence", "--file", "F", "--token", token, "--", "sh", "-c", COMMAND, number));
  }

  /** The latest that has begun; it may just have ended by itself. */
  private void killWhoRuns(List<Program> programs, int runs, String about) throws Exception {
    Await.until(
        PATIENCE,
        () -> about + ": nothing runs",
        () -> story().size() > runs || programs.stream().noneMatch(Program::isAlive));
    Program last = programs.get(ran().getLast().number());
    if (last.isAlive()) {
      last.signal("KILL");
    }
  }

  private List<String> story() throws IOException {
    Path story = folder.resolve("story");
    return Files.exists(story) ? Files.readAllLines(story) : List.of();
  }

  private List<Call> ran() throws IOException {
    return story().stream()
        .filter(line -> !line.equals("overlap"))
        .map(line -> line.split(" ", 2))
        .map(words -> new Call(Integer.parseInt(words[0]), Long.parseLong(words[1])))
        .toList();
  }

  private void check(String about, List<Call> calls, List<Integer> statuses, int kills)
      throws IOException {
    List<Call> ran = ran();
    System.out.println(about + ": ran, in order: " + ran + ", statuses: " + statuses);
    assertThat(story()).as(about).isNotEmpty().doesNotContain("overlap");
    assertThat(ran).as(about).doesNotHaveDuplicates().allMatch(calls::contains);
    assertThat(ran.stream().map(Call::token)).as(about).isSorted();
    assertThat(ran.getLast().token()).as(about).isEqualTo(CALLS / CALLS_A_TERM);
    for (Call call : calls) {
      int status = statuses.get(call.number());
      assertThat(status).as(about).isIn(kills > 0 ? List.of(0, 75, 128 + 9) : List.of(0, 75));
      assertThat(status != 75).as(about + ", " + call).isEqualTo(ran.contains(call));
    }
    assertThat(Files.readString(folder.resolve("F"))).as(about).isEqualTo("10\n");
  }
}

package ballot.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import ballot.zookeeper.foreign.CandidateProcess;
import ballot.zookeeper.foreign.Witness.What;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Candidates whose hosts do not agree on what time it is. */
class ClocksTest extends OnServer {

  private static final Duration HOUR = Duration.ofHours(1);

  /** A program whose wall clock is off; its monotonic clock is everybody's. */
  private CandidateProcess ours(ElectionName election, String id, String offset) {
    List<String> arguments =
        List.of(server.address(), base(election), "" + TIMEOUT.toMillis(), id, folder.toString());
    Map<String, String> clock =
        Map.of(
            "LD_PRELOAD", library().toString(),
            "FAKETIME", offset,
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "DONT_FAKE_MONOTONIC", "1",
            "FAKETIME_FORCE_MONOTONIC_FIX", "0"); // else the JVM's timed waits return at once
    return closing(CandidateProcess.start(OursMain.class, arguments, clock, id, folder));
  }

  private static Path library() {
    try (Stream<Path> places = Files.walk(Path.of("/usr/lib"), 3)) {
      return places
          .filter(place -> place.endsWith("faketime/libfaketime.so.1"))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("libfaketime is missing; scripts/test installs it"));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Duration offsetOf(CandidateProcess candidate) {
    String line =
        candidate
            .hasSaid("wall clock ")
            .said()
            .lines()
            .filter(text -> text.contains("wall"))
            .findFirst()
            .orElseThrow();
    Instant theirs = Instant.parse(line.substring("wall clock ".length()).strip());
    return Duration.between(Instant.now(), theirs);
  }

  @Test
  void clocks_an_hour_apart_change_no_decision() {
    ElectionName election = freshElection();
    List<CandidateProcess> line = new ArrayList<>();
    line.add(ours(election, "fast", "+1h").leads());
    line.add(ours(election, "slow", "-1h").stands());
    assertThat(offsetOf(line.getFirst())).isGreaterThan(HOUR.minusMinutes(1));
    assertThat(offsetOf(line.get(1))).isLessThan(HOUR.minusMinutes(1).negated());

    for (int round = 0; round < 4; round++) {
      CandidateProcess leader = line.removeFirst();
      CandidateProcess next = line.getFirst();
      boolean inOrder = round < 2;
      long before = witness.count(What.START, next.id());
      if (inOrder) {
        leader.giveWay();
      } else {
        leader.kill();
      }
      next.leads(before);
      long start = witness.last(What.START, next.id()).at();
      Duration afterBeat = between(witness.last(What.BEAT, leader.id()).at(), start);
      Duration afterEnd = between(witness.last(What.STOP, leader.id()).at(), start);
      System.out.println(
          next.id() + " " + afterBeat + " after the last heartbeat of " + leader.id());
      if (inOrder) {
        assertThat(afterEnd).isLessThan(TIMEOUT.dividedBy(2));
        line.add(leader);
      } else {
        assertThat(afterBeat).isGreaterThanOrEqualTo(TIMEOUT.minus(server.tick()));
        assertThat(afterEnd).isLessThanOrEqualTo(TIMEOUT.plus(server.tick()).plus(BUSY));
        String offset = leader.id().startsWith("fast") ? "+1h" : "-1h";
        line.add(ours(election, leader.id() + round, offset).stands());
      }
    }
    assertThat(witness.overlaps()).isEmpty();
  }

  @Test
  void a_lease_of_the_go_tool_is_waited_out_whatever_our_clock_says() {
    ElectionName election = freshElection();
    CandidateProcess theirs =
        closing(CandidateProcess.go(server.address(), base(election), TIMEOUT, "theirs", folder));
    theirs.leads();
    CandidateProcess ours = ours(election, "fast", "+1h").stands();

    theirs.beats().giveWay(); // and cannot clear its lease
    ours.leads();

    Duration afterBeat =
        between(witness.last(What.BEAT, "theirs").at(), witness.last(What.START, "fast").at());
    assertThat(afterBeat).isGreaterThanOrEqualTo(TIMEOUT.minus(server.tick()));
    assertThat(afterBeat).isLessThanOrEqualTo(TIMEOUT.plus(server.tick()).plus(BUSY));
  }
}

package ballot.zookeeper;

import ballot.testkit.Seeds;
import ballot.zookeeper.foreign.CandidateProcess;
import ballot.zookeeper.foreign.Witness;
import ballot.zookeeper.foreign.Witness.What;
import ballot.zookeeper.servers.Server;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The Go tool's double and a candidate of ours, each in a process of its own, one leading and one
 * waiting, in turns: the leader leaves in every way, the other comes to work, and the two never
 * work at once.
 */
final class MixedRounds {

  private static final Duration TIMEOUT = OnServer.TIMEOUT;

  private final Server server;
  private final String base;
  private final Path folder;
  private final Witness witness;
  private final SplittableRandom random;
  private int candidates;

  MixedRounds(Server server, String base, Path folder, SplittableRandom random) {
    this.server = server;
    this.base = base;
    this.folder = folder;
    this.witness = new Witness(folder);
    this.random = random;
  }

  /** How a leader leaves. */
  enum Leaving {
    GIVE_WAY,
    EXIT,
    KILL
  }

  /**
   * One change of leadership.
   *
   * @param oursNext whether ours came after theirs
   * @param leaving how the earlier leader left
   * @param afterBeat from the earlier leader's last heartbeat to the next one's start
   * @param afterEnd from the end of the earlier leader's work to the next one's start
   */
  record Change(boolean oursNext, Leaving leaving, Duration afterBeat, Duration afterEnd) {

    @Override
    public String toString() {
      return "%s after %s (%s): %d ms after the last heartbeat, %d ms after the end"
          .formatted(
              oursNext ? "ours" : "theirs",
              oursNext ? "theirs" : "ours",
              leaving,
              afterBeat.toMillis(),
              afterEnd.toMillis());
    }
  }

  /** What came of it. */
  record Result(List<Change> changes, List<String> overlaps) {}

  /** So many changes of leadership, from theirs to ours and from ours to theirs in turns. */
  Result run(int rounds, PrintStream report) {
    List<Change> changes = new ArrayList<>();
    CandidateProcess leader = newcomer(false).leads();
    CandidateProcess next = newcomer(true).stands();
    for (int round = 0; round < rounds; round++) {
      Leaving leaving = Leaving.values()[round / 2 % Leaving.values().length];
      if (round % 2 == 0) {
        leader.beats(); // else it clears its lease, and ours comes at once
      }
      pause();
      long before = witness.count(What.START, next.id());
      leave(leader, leaving);
      next.leads(before);
      Change change = change(leader, next, leaving, round % 2 == 0);
      report.println(change);
      changes.add(change);
      CandidateProcess left = leader;
      leader = next;
      next = leaving == Leaving.GIVE_WAY ? left : newcomer(round % 2 != 0).stands();
    }
    next.close();
    leader.close();
    return new Result(changes, witness.overlaps());
  }

  private CandidateProcess newcomer(boolean ours) {
    String id = (ours ? "ours-" : "theirs-") + ++candidates;
    if (!ours) {
      return CandidateProcess.go(server.address(), base, TIMEOUT, id, folder);
    }
    List<String> arguments =
        List.of(server.address(), base, "" + TIMEOUT.toMillis(), id, folder.toString());
    return CandidateProcess.start(OursMain.class, arguments, Map.of(), id, folder);
  }

  private static void leave(CandidateProcess leader, Leaving leaving) {
    switch (leaving) {
      case GIVE_WAY -> leader.giveWay();
      case EXIT -> leader.exit();
      case KILL -> leader.kill();
    }
  }

  private Change change(
      CandidateProcess leader, CandidateProcess next, Leaving leaving, boolean oursNext) {
    long start = witness.last(What.START, next.id()).at();
    return new Change(
        oursNext,
        leaving,
        Duration.ofNanos(start - witness.last(What.BEAT, leader.id()).at()),
        Duration.ofNanos(start - witness.last(What.STOP, leader.id()).at()));
  }

  /** A leader is left at any moment between two heartbeats. */
  private void pause() {
    try {
      Thread.sleep(Duration.ofMillis(random.nextLong(TIMEOUT.toMillis())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Several elections beside each other, each with so many changes of leadership. */
  static Result tracks(
      int tracks,
      int rounds,
      Server server,
      Path folder,
      SplittableRandom random,
      PrintStream report)
      throws Exception {
    List<Change> changes = new ArrayList<>();
    List<String> overlaps = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Result>> results = new ArrayList<>();
      for (int track = 0; track < tracks; track++) {
        Path own = Files.createDirectory(folder.resolve("track-" + track));
        String base = "/mixed/" + own.getFileName() + "/election";
        MixedRounds one = new MixedRounds(server, base, own, random.split());
        results.add(threads.submit(() -> one.run(rounds, report)));
      }
      for (Future<Result> result : results) {
        changes.addAll(result.get().changes());
        overlaps.addAll(result.get().overlaps());
      }
    }
    report.println(changes.size() + " rounds, " + overlaps.size() + " overlaps");
    return new Result(changes, overlaps);
  }

  /** {@code ROUNDS}: for the command under bench/. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("ballot-rounds-");
    int rounds = Math.max(1, Integer.parseInt(arguments[0]) / 2);
    Result result;
    try (Server server = Server.start()) {
      result = tracks(2, rounds, server, folder, Seeds.announced("mixed rounds"), System.out);
    }
    result.overlaps().forEach(System.out::println);
    System.exit(result.overlaps().isEmpty() ? 0 : 1);
  }
}

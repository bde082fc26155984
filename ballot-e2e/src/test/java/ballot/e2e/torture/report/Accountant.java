package ballot.e2e.torture.report;

import ballot.api.BootClock;
import ballot.e2e.torture.judge.Docket;
import ballot.e2e.torture.judge.Judge;
import ballot.e2e.torture.judge.Upkeep;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts while a world is tortured. For one thread. */
public final class Accountant {

  private final String world;
  private final long seed;
  private final Docket docket;
  private final Judge judge;
  private final Upkeep upkeep;
  private final Map<String, Integer> faults = new TreeMap<>();
  private World.Bound bound = new World.Bound(Duration.ZERO, "");
  private long beganNanos;
  private long endedNanos;
  private double connections;
  private Duration longestReturn = Duration.ZERO;

  /** Of one world. */
  public Accountant(String world, long seed, Docket docket, Judge judge, Upkeep upkeep) {
    this.upkeep = upkeep;
    this.world = world;
    this.seed = seed;
    this.docket = docket;
    this.judge = judge;
  }

  /** The nemesis begins. */
  public void begin(World.Bound within) {
    bound = within;
    beganNanos = BootClock.nanos();
  }

  /** A fault of this kind was done. */
  public void count(String kind) {
    faults.merge(kind, 1, Integer::sum);
  }

  /** Somebody led so long after a fault had ceased. */
  public void returned(Duration after) {
    longestReturn = after.compareTo(longestReturn) > 0 ? after : longestReturn;
  }

  /**
   * The nemesis has ended.
   *
   * @param mostConnections in a second, by the two ballots of a host
   */
  public void end(double mostConnections) {
    connections = mostConnections;
    endedNanos = BootClock.nanos();
  }

  /** The account, when all that was seen has been looked at. */
  public Account account() throws IOException, InterruptedException {
    List<Run> runs = judge.runs().stream().filter(run -> run.start().tick().equals("-")).toList();
    List<Run> led = runs.stream().filter(run -> run.start().leads()).toList();
    Gaps gaps = new Gaps(led.stream().filter(run -> run.beganNanos() < endedNanos).toList());
    return new Account(
        world,
        seed,
        commit(),
        Duration.ofSeconds((endedNanos - beganNanos) / 1_000_000_000),
        faults,
        judge.starts(),
        (int) led.stream().map(run -> run.start().token()).distinct().count(),
        (int)
            led.stream()
                .filter(run -> run.endedNanos() < endedNanos)
                .map(run -> run.start().token())
                .distinct()
                .count(),
        runs.size(),
        (int) docket.violations().stream().filter(each -> each.rule().equals("I1")).count(),
        judge.excepted(),
        gaps.median(),
        gaps.longest(),
        judge.leastSlackNanos().isPresent() ? judge.leastSlackNanos().getAsLong() / 1_000_000 : -1,
        longestReturn.toMillis(),
        judge.ticks().run(),
        judge.ticks().named(),
        upkeep.mostDescriptors(),
        upkeep.mostThreads(),
        judge.stalls().longestNanos() / 1_000_000,
        connections,
        beganNanos,
        bound.whole(),
        bound.because(),
        docket.violations());
  }

  private static String commit() throws IOException, InterruptedException {
    Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").start();
    String said = new String(git.getInputStream().readAllBytes()).strip();
    return git.waitFor() == 0 ? said : "unknown";
  }
}

package ballot.e2e.torture;

import ballot.api.BootClock;
import ballot.e2e.site.Await;
import ballot.e2e.torture.witness.Run;
import ballot.e2e.torture.witness.Witness;
import ballot.e2e.torture.world.Candidate;
import ballot.e2e.torture.world.Fleet;
import ballot.e2e.torture.world.Site;
import ballot.e2e.torture.world.Undo;
import ballot.e2e.torture.world.World;
import ballot.e2e.torture.world.Worlds;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Rounds in each of which one thing is done to the leader, and the same thing is looked at from
 * outside: when the last process of its command was gone, and when somebody else's command began.
 */
final class Takeovers {

  private static final int CANDIDATES = 3;
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Commands that end only when they are told to, or not even then. */
  private static final String KINDS = "plain,polite,stubborn,brood,mute";

  private final String name;
  private final Path folder;
  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom();
  private final List<Long> slackMillis = new ArrayList<>();
  private int bad;

  /** What is done to a leader. */
  interface Blow {

    /** Does it, and tells how to undo it. */
    AutoCloseable strike(Candidate leader) throws Exception;

    /** How long it lasts at least. */
    Duration lasts(World world);

    /** Whether another is to take over, or nobody. */
    boolean endsLeadership(World world);
  }

  private static final class Nobody implements Fleet.Watcher {
    @Override
    public void started(Candidate.Incarnation incarnation) {}

    @Override
    public void ended(Candidate.Incarnation incarnation, int status, long atNanos) {}
  }

  /** What the witness is not asked to tell. */
  private static final class Silence implements Witness.Listener {
    @Override
    public void began(Run run) {}

    @Override
    public void ended(Run run) {}
  }

  Takeovers(String name, Path folder, PrintStream out) throws Exception {
    this.name = name;
    this.folder = Files.createDirectories(folder.resolve(name));
    this.out = out;
  }

  /** How many a word asks for; ends with 64 when it is no number. */
  static int rounds(String bench, String word) {
    if (!word.matches("[1-9]\\d{0,4}")) {
      System.err.println(bench + ": rounds are a number, not " + word);
      System.exit(64);
    }
    return Integer.parseInt(word);
  }

  /** Plays them, and says whether all were as they should be. */
  boolean play(int rounds, Blow blow) throws Exception {
    try (Undo undo = new Undo()) {
      Runtime.getRuntime().addShutdownHook(new Thread(undo::close, "takeovers-break-off"));
      World world = Worlds.make(name, folder, "secret", undo);
      Witness witness = undo.make(() -> new Witness(folder, new Silence()));
      List<Site> sites = world.sites().subList(0, CANDIDATES);
      Fleet fleet =
          undo.make(
              () ->
                  new Fleet(
                      sites, folder, site -> charge(site, witness), Map.of(), 1, new Nobody()));
      for (int round = 1; round <= rounds; round++) {
        play(round, world, fleet, witness, blow);
      }
    }
    report(rounds);
    return bad == 0;
  }

  private static Candidate.Charge charge(Site site, Witness witness) {
    String candidate = "c" + site.number();
    return new Candidate.Charge(
        candidate,
        List.of("run", "once"),
        incarnation -> {
          List<String> words = new ArrayList<>(List.of("--election", "torture/once", "--"));
          words.addAll(witness.command(incarnation, Charges.ONCE, candidate, incarnation, KINDS));
          return words;
        });
  }

  private void play(int round, World world, Fleet fleet, Witness witness, Blow blow)
      throws Exception {
    LeaderWatch watch = new LeaderWatch(fleet, witness);
    Run before =
        watch
            .await(Charges.ONCE, LONGEST)
            .map(LeaderWatch.Led::run)
            .orElseThrow(() -> new AssertionError("nobody leads within " + LONGEST));
    // at any phase of a lease
    Thread.sleep(1_000 + random.nextInt(1_000));
    Candidate leader =
        fleet.candidates().stream()
            .filter(each -> each.name().equals(before.start().candidate()))
            .findFirst()
            .orElseThrow();
    long struck;
    try (AutoCloseable undone = blow.strike(leader)) {
      struck = BootClock.nanos();
      if (blow.endsLeadership(world)) {
        awaitNext(witness, before);
      }
      Thread.sleep(
          Duration.ofNanos(Math.max(0, struck + blow.lasts(world).toNanos() - BootClock.nanos())));
    }
    // long enough for whoever was struck to do what it should not
    Thread.sleep(1_000);
    if (blow.endsLeadership(world)) {
      judgeChange(round, before, next(witness, before), struck);
    } else {
      judgeStay(round, before, next(witness, before), struck);
      leader.current().orElseThrow().program().signal("TERM");
      awaitNext(witness, before);
    }
  }

  private static Optional<Run> next(Witness witness, Run before) {
    List<Run> runs = witness.runs();
    return runs.stream().skip(runs.indexOf(before) + 1L).findFirst();
  }

  private static void awaitNext(Witness witness, Run before) throws Exception {
    Await.until(
        LONGEST, () -> "nobody began after " + before, () -> next(witness, before).isPresent());
  }

  private void judgeChange(int round, Run before, Optional<Run> next, long struck) {
    Run after = next.orElseThrow();
    long slack = (after.beganNanos() - before.endedNanos()) / 1_000_000;
    boolean isGood = after.start().alone() && before.endedNanos() < after.beganNanos();
    if (isGood) {
      slackMillis.add(slack);
    } else {
      bad++;
    }
    out.printf(
        "%-10s round %2d: %s's %s command gone after %5d ms, %s's began after %5d ms, %s%n",
        name,
        round,
        before.start().candidate(),
        before.start().kind(),
        (before.endedNanos() - struck) / 1_000_000,
        after.start().candidate(),
        (after.beganNanos() - struck) / 1_000_000,
        isGood ? slack + " ms between" : "TWO AT ONCE");
  }

  private void judgeStay(int round, Run before, Optional<Run> next, long struck) {
    boolean isGood = before.isAlive() && next.isEmpty();
    bad += isGood ? 0 : 1;
    out.printf(
        "%-10s round %2d: %s's %s command %s%n",
        name,
        round,
        before.start().candidate(),
        before.start().kind(),
        isGood
            ? "went on, %d ms later as well, and nobody else's began"
                .formatted((BootClock.nanos() - struck) / 1_000_000)
            : "DID NOT GO ON ALONE: then came " + next);
  }

  private void report(int rounds) {
    slackMillis.sort(null);
    String slack =
        slackMillis.isEmpty()
            ? "leadership stayed where it was"
            : "gone before the other began; between the two at least %d ms, median %d ms"
                .formatted(slackMillis.getFirst(), slackMillis.get(slackMillis.size() / 2));
    out.printf("%-10s %d of %d rounds: %s%n", name, rounds - bad, rounds, slack);
  }
}

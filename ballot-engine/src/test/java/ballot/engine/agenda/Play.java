package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.SECOND;

import ballot.engine.simulation.Dice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One seed: a time in which everything goes wrong, and a time in which nothing does. */
final class Play {

  final Dice dice;
  final Tally tally;
  final Mutant mutant;
  final Circumstances set;
  final Course course = new Course();
  final LedgerStore store;
  final Referee referee;
  final Nemesis nemesis;
  final Succession succession;
  private final List<HostClock> clocks = new ArrayList<>();
  private final @Nullable List<String> story;
  private long hash = 17;
  private long awayUntil;
  private boolean calm;

  private Play(long seed, Mutant mutant, Tally tally, @Nullable List<String> story) {
    this.dice = new Dice(seed);
    this.tally = tally;
    this.mutant = mutant;
    this.story = story;
    this.set = Circumstances.drawn(dice);
    this.store = new LedgerStore(this);
    this.referee = new Referee(this);
    this.nemesis = new Nemesis(this);
    this.succession = new Succession(this);
    for (int host = 0; host < set.hosts(); host++) {
      long hour = dice.chance(0.1) ? dice.oneOf(-3600, 3600) * SECOND : 0;
      long wrong = dice.between(-3 * SECOND, 3 * SECOND);
      clocks.add(new HostClock(course, set.base(), hour + wrong));
    }
  }

  /**
   * Runs one seed.
   *
   * @param story takes what happens, for a person
   * @return a number that tells what happened from everything else
   * @throws Violation when an invariant does not hold
   */
  static long run(long seed, Mutant mutant, Tally tally, @Nullable List<String> story) {
    Play play = new Play(seed, mutant, tally, story);
    try {
      play.run();
    } finally {
      tally.seeds++;
      tally.virtualSeconds += play.course.now() / SECOND;
    }
    return play.hash;
  }

  private void run() {
    note("world", set.toString());
    succession.electIn(0);
    nemesis.planNext();
    course.runUntil(set.active());
    calm = true;
    note("world", "nothing goes wrong any more");
    course.runUntil(set.active() + set.calm());
    referee.close();
  }

  boolean isCalm() {
    return calm;
  }

  HostClock clock(int host) {
    return clocks.get(host);
  }

  void takeStoreAway(long until) {
    awayUntil = Math.max(awayUntil, until);
    note("world", "the store is away until " + awayUntil / (double) SECOND);
  }

  /** When the store is there again; in the past if it is there. */
  long awayUntil() {
    return awayUntil;
  }

  boolean isAway() {
    return course.now() < awayUntil;
  }

  void note(String who, String text) {
    if (story != null) {
      story.add("%14.6f s  %-8s %s".formatted(course.now() / (double) SECOND, who, text));
    }
  }

  boolean isTold() {
    return story != null;
  }

  void mix(long number) {
    hash = Long.rotateLeft((hash ^ number) * 0x9E3779B97F4A7C15L, 27);
  }
}

package ballot.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import ballot.engine.core.Mutant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Elections in virtual time, with everything going wrong.
 *
 * <p>{@code -Dballot.seeds=N} runs so many seeds, {@code -Dballot.first=N} begins elsewhere. {@code
 * -Dballot.seed=N}, with {@code -Dballot.mutant=NAME} where it was one, runs one seed and tells all
 * that happened in it.
 */
class SimulationTest {

  private static final long FIRST = Long.getLong("ballot.first", 1);
  private static final long SEEDS = Long.getLong("ballot.seeds", 20_000);
  private static final long SEEDS_TO_CATCH_A_MUTANT = 5_000;
  private static final long EACH_EDGE = 1_000;
  private static final long EACH_FAULT = 100;
  private static final int LINES = 60;
  private static final int ALL_LINES = 100_000;

  /** Faults that are no more than remarks: what no promise covers is counted, not sought. */
  private static final Set<Fault> REMARKS =
      EnumSet.of(Fault.UNNOTICED_LOSS, Fault.UNKILLABLE_OVERLAP);

  @Test
  void no_invariant_is_violated_whatever_goes_wrong() throws InterruptedException {
    Seeds.Result result = Seeds.run(Mutant.NONE, FIRST, SEEDS);
    result.failure().ifPresent(seed -> fail(Seeds.replay(seed, Mutant.NONE, LINES)));
    System.out.println("\n" + result.tally() + "\n" + result.cost() + "\n");
    checkThatEverythingHappened(result.tally());
  }

  private static void checkThatEverythingHappened(Tally tally) {
    double share = Math.min(1, SEEDS / 20_000.0);
    assertThat(Edge.LEGAL)
        .allSatisfy(
            edge ->
                assertThat(tally.of(edge)).as("%s", edge).isGreaterThan(share(EACH_EDGE, share)));
    assertThat(Arrays.stream(Fault.values()).filter(fault -> !REMARKS.contains(fault)))
        .allSatisfy(
            fault ->
                assertThat(tally.of(fault))
                    .as(fault.words)
                    .isGreaterThan(share(EACH_FAULT, share)));
  }

  private static long share(long count, double share) {
    return (long) (count * share) - 1;
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void catches_a_planted_bug(Mutant mutant) throws InterruptedException {
    Seeds.Result result = Seeds.run(mutant, 1, SEEDS_TO_CATCH_A_MUTANT);
    assertThat(result.failure()).as("the seed that catches %s", mutant).isPresent();
    String story = Seeds.replay(result.failure().orElseThrow(), mutant, LINES);
    System.out.println(story.lines().findFirst().orElseThrow());
    System.out.println("  and of 500 seeds, by the first invariant: " + Seeds.survey(mutant, 500));
    assertThat(story).contains("violates I");
  }

  @Test
  void the_same_seed_gives_the_same_trace() {
    for (long seed = FIRST; seed < FIRST + 200; seed++) {
      long once = hashOf(seed);
      assertThat(hashOf(seed)).as("trace of seed %d", seed).isEqualTo(once);
      assertThat(hashOf(seed + 1)).as("trace of seed %d", seed + 1).isNotEqualTo(once);
    }
  }

  private static long hashOf(long seed) {
    Trace trace = new Trace(false);
    Simulation.run(seed, Mutant.NONE, new Tally(), trace);
    return trace.hash();
  }

  @Test
  void recording_does_not_change_what_happens() {
    Trace recorded = new Trace(true);
    Simulation.run(FIRST, Mutant.NONE, new Tally(), recorded);
    assertThat(recorded.hash()).isEqualTo(hashOf(FIRST));
  }

  @Test
  void a_seed_that_fails_can_be_run_again() {
    Long seed = Long.getLong("ballot.seed");
    if (seed != null) {
      System.out.println(Seeds.replay(seed, mutantToReplay(), ALL_LINES));
      return;
    }
    String story = Seeds.replay(firstCatch(), Mutant.THE_SAME_TERM_LED_TWICE, LINES);
    assertThat(story).contains("violates I3", "-Dballot.seed=", ": campaign within");
  }

  private static Mutant mutantToReplay() {
    return Mutant.valueOf(System.getProperty("ballot.mutant", Mutant.NONE.name()));
  }

  private static long firstCatch() {
    for (long seed = 1; ; seed++) {
      try {
        Simulation.run(seed, Mutant.THE_SAME_TERM_LED_TWICE, new Tally(), new Trace(false));
      } catch (Violation caught) {
        return seed;
      }
    }
  }
}

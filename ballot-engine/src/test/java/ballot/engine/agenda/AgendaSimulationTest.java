package ballot.engine.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Years of ticks in virtual time, with failovers at the worst moments.
 *
 * <p>{@code -Dballot.seeds=N} runs so many seeds, {@code -Dballot.first=N} begins elsewhere. {@code
 * -Dballot.seed=N}, with {@code -Dballot.mutant=NAME} where it was one, runs one seed and tells all
 * that happened in it.
 */
class AgendaSimulationTest {

  private static final long FIRST = Long.getLong("ballot.first", 1);
  private static final long SEEDS = Long.getLong("ballot.seeds", 10_000);
  private static final long SEEDS_TO_CATCH_A_MUTANT = 2_000;
  private static final long EACH = 100;
  private static final int LINES = 60;
  private static final int ALL_LINES = 100_000;

  @Test
  void no_tick_is_run_twice_and_none_is_forgotten() throws InterruptedException {
    Seeds.Result result = Seeds.run(Mutant.NONE, FIRST, SEEDS);
    result.failure().ifPresent(seed -> fail(Seeds.replay(seed, Mutant.NONE, LINES)));
    System.out.println("\n" + result.tally());
    System.out.printf("%d seeds in %s%n", SEEDS, result.elapsed());
    checkThatEverythingHappened(result.tally());
  }

  private static void checkThatEverythingHappened(Tally tally) {
    long least = EACH * SEEDS / 10_000;
    for (Window window : Window.values()) {
      for (Strike strike : Strike.values()) {
        assertThat(tally.of(window, strike))
            .as(strike.words + " " + window.words)
            .isGreaterThanOrEqualTo(least);
      }
    }
    for (Entry.Outcome outcome : Entry.Outcome.values()) {
      assertThat(tally.of("written: " + outcome)).as("%s", outcome).isGreaterThanOrEqualTo(least);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void catches_a_planted_bug(Mutant mutant) throws InterruptedException {
    Seeds.Result result = Seeds.run(mutant, 1, SEEDS_TO_CATCH_A_MUTANT);
    assertThat(result.failure()).as("the seed that catches %s", mutant).isPresent();
    String story = Seeds.replay(result.failure().orElseThrow(), mutant, LINES);
    System.out.println(story.lines().findFirst().orElseThrow());
    assertThat(story).contains("violates: ");
  }

  @Test
  void the_same_seed_gives_the_same_trace() {
    for (long seed = FIRST; seed < FIRST + 100; seed++) {
      long once = Play.run(seed, Mutant.NONE, new Tally(), null);
      assertThat(Play.run(seed, Mutant.NONE, new Tally(), null))
          .as("seed %d", seed)
          .isEqualTo(once);
      assertThat(Play.run(seed + 1, Mutant.NONE, new Tally(), null)).isNotEqualTo(once);
    }
  }

  @Test
  void a_seed_can_be_told() {
    Long seed = Long.getLong("ballot.seed");
    if (seed != null) {
      String mutant = System.getProperty("ballot.mutant", Mutant.NONE.name());
      System.out.println(Seeds.replay(seed, Mutant.valueOf(mutant), ALL_LINES));
      return;
    }
    assertThat(Seeds.replay(FIRST, Mutant.NONE, LINES))
        .contains("seed " + FIRST + " of NONE violates nothing");
  }
}

package ballot.engine.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {

  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final long YEAR = 365L * 24 * 3600;

  /** Counts how often it is asked. */
  private static final class Counting implements Timetable {

    private final Timetable inner;
    private int times;

    Counting(Timetable inner) {
      this.inner = inner;
    }

    @Override
    public Optional<Instant> next(Instant after) {
      times++;
      return inner.next(after);
    }

    @Override
    public String identity() {
      return inner.identity();
    }
  }

  private static Backlog of(Timetable timetable, long seconds) {
    return Backlog.between(timetable, NEW_YEAR, NEW_YEAR.plusSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 8, 60, 3600, 86_400})
  void a_year_of_ticks_costs_no_more_than_a_few_hundred_questions(long period) {
    Counting timetable = new Counting(Pattern.every(period));
    Backlog backlog = of(timetable, YEAR);
    assertThat(timetable.times).isLessThan(1_000);
    assertThat(backlog.ticks()).hasSize(100).last().isEqualTo(NEW_YEAR.plusSeconds(YEAR));
    Entry.NotRun older = backlog.older().orElseThrow();
    assertThat(older.first()).isEqualTo(NEW_YEAR.plusSeconds(period));
    assertThat(older.last()).isEqualTo(backlog.ticks().getFirst().minusSeconds(period));
    assertThat(older.reason()).isEqualTo("more than 100 ticks were overdue");
  }

  @Test
  void nothing_is_due_before_the_first_tick() {
    assertThat(of(Pattern.every(60), 59)).isEqualTo(new Backlog(Optional.empty(), List.of()));
  }

  @Test
  void up_to_a_hundred_ticks_are_all_there() {
    Backlog backlog = of(Pattern.every(60), 6_000);
    assertThat(backlog.older()).isEmpty();
    assertThat(backlog.ticks()).hasSize(100).first().isEqualTo(NEW_YEAR.plusSeconds(60));
  }

  @Test
  void the_hundred_and_first_is_one_that_is_counted() {
    Backlog backlog = of(Pattern.every(60), 6_060);
    assertThat(backlog.older().orElseThrow().count()).isEqualTo(1);
    assertThat(backlog.ticks()).hasSize(100).first().isEqualTo(NEW_YEAR.plusSeconds(120));
  }

  @Test
  void more_than_that_are_not_counted() {
    assertThat(of(Pattern.every(60), 6_120).older().orElseThrow().count()).isZero();
  }

  @Test
  void finds_ticks_far_back_after_a_long_silence() {
    long last = NEW_YEAR.getEpochSecond() + 30;
    Timetable tenInAll = new Pattern(3, new long[] {0}, last, "ten");
    assertThat(of(tenInAll, YEAR).ticks()).hasSize(10);
  }
}

package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  private static final long NEVER = Long.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "-5, 1000, 995",
    "-5, -1000, -1005",
    "9223372036854775806, 1, 9223372036854775807",
    "9223372036854775806, 2, 9223372036854775807",
    "9223372036854775807, -1, 9223372036854775807",
    "-9223372036854775808, -1, -9223372036854775808",
    "-9223372036854775808, 1, -9223372036854775807",
  })
  void moves_by_a_duration_and_stops_at_the_ends_of_time(long nanos, long by, long to) {
    assertThat(new Moment(nanos).plus(Duration.ofNanos(by)).nanos()).isEqualTo(to);
    assertThat(new Moment(nanos).minus(Duration.ofNanos(-by)).nanos()).isEqualTo(to);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE + 1, -1_000_000_000L, 0, 1_000_000_000L, NEVER - 1})
  void a_thousand_years_from_anywhere_is_never(long nanos) {
    assertThat(new Moment(nanos).plus(Duration.ofDays(365_000))).isEqualTo(Moment.NEVER);
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 10", "-10, 10, 20", "10, -10, -20"})
  void tells_how_long_it_is_until_another(long from, long to, long nanos) {
    assertThat(new Moment(from).until(new Moment(to))).isEqualTo(Duration.ofNanos(nanos));
  }

  @Test
  void it_is_long_until_never_wherever_a_clock_began() {
    assertThat(new Moment(-7).until(Moment.NEVER)).isGreaterThan(Duration.ofDays(100_000));
    assertThat(Moment.LONG_AGO.until(new Moment(7))).isGreaterThan(Duration.ofDays(100_000));
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "0, true", "1, false"})
  void is_reached_at_itself_and_after(long nanos, boolean reached) {
    assertThat(new Moment(nanos).isReached(new Moment(0))).isEqualTo(reached);
  }

  @Test
  void never_is_not_reached_by_any_clock() {
    assertThat(Moment.NEVER.isReached(new Moment(NEVER - 1))).isFalse();
  }

  @Test
  void the_earlier_and_the_later_of_two() {
    Moment one = new Moment(-1);
    Moment other = new Moment(1);
    assertThat(Moment.earlier(one, other)).isEqualTo(Moment.earlier(other, one)).isEqualTo(one);
    assertThat(Moment.later(one, other)).isEqualTo(Moment.later(other, one)).isEqualTo(other);
  }
}

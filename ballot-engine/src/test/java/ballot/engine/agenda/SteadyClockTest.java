package ballot.engine.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ballot.engine.core.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final long HOUR = 3600;

  private final SteadyClock clock = new SteadyClock();

  /** What it shows so many seconds after noon, on a machine whose clock is so much ahead. */
  private double shows(double second, double ahead) {
    Moment moment = new Moment((long) (second * 1e9));
    Instant time = clock.read(NOON.plusNanos((long) ((second + ahead) * 1e9)), moment);
    return Duration.between(NOON, time).toNanos() / 1e9;
  }

  @Test
  void goes_with_the_machine_s_clock() {
    assertThat(shows(0, 0)).isZero();
    assertThat(shows(5, 0)).isEqualTo(5);
    assertThat(clock.news()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOUR, -HOUR, 90, -2, 1.5})
  void a_clock_that_is_stepped_and_soon_set_right_changes_nothing(double step) {
    shows(0, 0);
    assertThat(shows(5, step)).isEqualTo(5);
    assertThat(clock.news().orElseThrow()).contains(step > 0 ? "forward" : "back");
    assertThat(shows(200, step)).isEqualTo(200);
    assertThat(shows(250, 0)).isEqualTo(250);
    assertThat(clock.news()).contains("the machine's clock is back where it was");
    assertThat(shows(1_000, 0)).isEqualTo(1_000);
    assertThat(clock.news()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {HOUR, -HOUR, 2, -2})
  void a_step_that_lasts_is_followed_after_a_while(double step) {
    shows(0, 0);
    shows(5, step);
    assertThat(shows(304.9, step)).isEqualTo(304.9);
    clock.news();
    assertThat(shows(305, step)).isEqualTo(305 + step);
    assertThat(clock.news().orElseThrow()).startsWith("the schedule follows the machine's clock");
    assertThat(shows(306, step)).isEqualTo(306 + step);
  }

  @Test
  void a_second_step_is_waited_for_as_long_as_the_first() {
    shows(0, 0);
    shows(5, HOUR);
    shows(200, 2 * HOUR);
    assertThat(shows(400, 2 * HOUR)).isEqualTo(400);
    assertThat(shows(500, 2 * HOUR)).isEqualTo(500 + 2 * HOUR);
  }

  @Test
  void a_clock_that_is_stepped_back_after_it_was_followed_is_waited_for_again() {
    shows(0, 0);
    shows(5, HOUR);
    assertThat(shows(305, HOUR)).isEqualTo(305 + HOUR);
    assertThat(shows(310, 0)).isEqualTo(310 + HOUR);
    assertThat(shows(610, 0)).isEqualTo(610);
  }

  @Test
  void a_machine_that_was_suspended_was_not_stepped() {
    shows(0, 0);
    assertThat(shows(8 * HOUR, 0.3)).isEqualTo(8 * HOUR + 0.3);
    assertThat(clock.news()).isEmpty();
  }

  @Test
  void a_clock_that_is_slewed_is_followed_at_once() {
    for (int second = 0; second < 5_000; second++) {
      assertThat(shows(second, second * 0.0005)).isCloseTo(second * 1.0005, within(1e-6));
    }
    assertThat(clock.news()).isEmpty();
  }

  @Test
  void never_goes_back_while_a_clock_is_stepped_forth_and_back() {
    double latest = 0;
    for (int second = 0; second < 2_000; second++) {
      double shown = shows(second, second / 100 % 2 == 0 ? 0 : -HOUR);
      assertThat(shown).isGreaterThanOrEqualTo(latest);
      latest = shown;
    }
  }
}

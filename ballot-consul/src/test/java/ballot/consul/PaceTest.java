package ballot.consul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void what_concerns_somebody_is_followed_at_once() {
    for (int wake = 1; wake < 1000; wake++) {
      assertThat(pace.afterWake(wake, true, 10)).isZero();
    }
  }

  @Test
  void what_concerns_nobody_is_followed_at_a_walk() {
    long now = 1;
    int wakes = 0;
    for (; now < 10_000_000_000L; wakes++) {
      now += 1_000_000 + pace.afterWake(now, false, 10) * 1_000_000;
    }

    assertThat(wakes).isLessThan(200);
  }

  @Test
  void a_quiet_time_lets_it_run_again() {
    for (int wake = 1; wake < 100; wake++) {
      pace.afterWake(wake, false, 10);
    }
    assertThat(pace.afterWake(100, false, 10)).isPositive();

    assertThat(pace.afterWake(60_000_000_000L, false, 10)).isZero();
  }

  @Test
  void much_to_read_is_read_less_often() {
    assertThat(pace.afterWake(1, true, 1_000)).isBetween(10L, 200L);
  }
}

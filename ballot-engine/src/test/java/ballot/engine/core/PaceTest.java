package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Moment START = new Moment(-50);

  /** When questions are asked that are wanted always: milliseconds since the start. */
  private static List<Long> asked(Duration span) {
    List<Long> asked = new ArrayList<>();
    Moment pace = Moment.LONG_AGO;
    Moment now = START;
    while (START.until(now).compareTo(span) < 0) {
      now = Pace.soonest(pace, now);
      asked.add(START.until(now).toMillis());
      pace = Pace.afterAsking(pace, now);
    }
    return asked;
  }

  @Test
  void lets_ten_follow_each_other_at_once_and_then_ten_a_second() {
    List<Long> asked = asked(Duration.ofSeconds(1));
    assertThat(asked).startsWith(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 100L, 200L);
    assertThat(asked(Duration.ofSeconds(10)).size() - asked.size()).isEqualTo(90);
  }

  @Test
  void never_delays_by_more_than_a_tenth_of_a_second_however_much_was_asked() {
    Moment pace = Moment.LONG_AGO;
    for (int i = 0; i < 10_000; i++) {
      pace = Pace.afterAsking(pace, START);
    }
    assertThat(START.until(Pace.soonest(pace, START))).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void forgets_after_a_pause() {
    Moment pace = Moment.LONG_AGO;
    for (int i = 0; i < 20; i++) {
      pace = Pace.afterAsking(pace, START);
    }
    Moment later = START.plus(Duration.ofSeconds(2));
    assertThat(Pace.soonest(pace, later)).isEqualTo(later);
  }
}

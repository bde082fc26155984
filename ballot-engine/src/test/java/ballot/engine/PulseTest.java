package ballot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.engine.core.Moment;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final long SECOND = 1_000_000_000L;

  private final Pulse pulse = new Pulse(new Moment(5 * SECOND), 0);

  @Test
  void says_nothing_while_it_beats() {
    assertThat(pulse.beat(new Moment(6 * SECOND), SECOND)).isEmpty();
    assertThat(pulse.beat(new Moment(7 * SECOND), 2 * SECOND)).isEmpty();
  }

  @Test
  void tells_of_a_process_that_stood_still() {
    assertThat(pulse.beat(new Moment(17 * SECOND + SECOND / 4), 12 * SECOND + SECOND / 4))
        .hasValueSatisfying(
            text ->
                assertThat(text).startsWith("this process did nothing for 12.2s: it was stopped"));
    assertThat(pulse.beat(new Moment(18 * SECOND), 13 * SECOND)).isEmpty();
  }

  @Test
  void tells_of_a_machine_that_was_suspended() {
    assertThat(pulse.beat(new Moment(3605 * SECOND), SECOND / 2))
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("the machine was suspended for 59m59.5s"));
  }
}

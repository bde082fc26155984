package ballot.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ballot.api.Durations;
import ballot.api.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimingsTest {

  private static final Timings DEFAULTS = Timings.of(Duration.ofSeconds(10), Duration.ofSeconds(1));

  @ParameterizedTest
  @ValueSource(strings = {"450ms", "500ms", "2s", "10s", "24h"})
  void accepts_leases_that_leave_time_for_everything(String validity) {
    assertThat(DEFAULTS.complaint(Durations.parse(validity))).isEmpty();
  }

  @Test
  void accepts_leases_without_end() {
    assertThat(DEFAULTS.complaint(Lease.UNBOUNDED)).isEmpty();
  }

  @Test
  void spells_out_the_sum_when_a_lease_is_too_short() {
    assertThat(DEFAULTS.complaint(Duration.ofMillis(449)))
        .contains(
            "a lease of 449ms is too short: 149ms until it is renewed + 100ms for the round trip"
                + " + 200ms for the kill = 449ms");
    assertThat(DEFAULTS.complaint(Duration.ofMillis(300)))
        .contains(
            "a lease of 300ms is too short: 100ms until it is renewed + 100ms for the round trip"
                + " + 200ms for the kill = 400ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -1 |  0 |   0 |    1 |   0 | the stop timeout cannot be PT-0.001S
           0 | -1 |   0 |    1 |   0 | the rerun delay cannot be PT-0.001S
           0 |  0 |  -1 |    1 |   0 | the kill margin cannot be PT-0.001S
           0 |  0 |   0 |    0 |   0 | the call budget cannot be PT0S
           0 |  0 |   0 |    1 |  -1 | the loss grace cannot be PT-0.001S
           0 |  0 | 400 | 3000 | 600 | the loss grace and the kill margin together cannot be PT1S
          """)
  void refuses_what_cannot_work_and_names_it(
      long stop, long rerun, long margin, long budget, long grace, String message) {
    assertThatThrownBy(
            () ->
                new Timings(
                    Duration.ofMillis(stop),
                    Duration.ofMillis(rerun),
                    Duration.ofMillis(margin),
                    Duration.ofMillis(budget),
                    Duration.ofMillis(grace)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}

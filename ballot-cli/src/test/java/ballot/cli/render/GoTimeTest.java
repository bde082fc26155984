package ballot.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.GoTime;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are written as the tool that this one succeeds writes and reads them. */
final class GoTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2022-01-07T21:40:17.537208Z, America/Los_Angeles, 2022-01-07 13:40:17.537208 -0800 PST",
    "2022-07-07T21:40:17Z, America/Los_Angeles, 2022-07-07 14:40:17 -0700 PDT",
    "2022-01-07T21:40:17.000000001Z, UTC, 2022-01-07 21:40:17.000000001 +0000 UTC",
    "2022-01-07T21:40:17.100Z, Z, 2022-01-07 21:40:17.1 +0000 UTC",
    "2022-01-07T21:40:17Z, Europe/Berlin, 2022-01-07 22:40:17 +0100 CET",
    "2022-07-07T21:40:17Z, Europe/Berlin, 2022-07-07 23:40:17 +0200 CEST",
    "2022-01-07T21:40:17Z, America/Sao_Paulo, 2022-01-07 18:40:17 -0300 -03",
    "2022-01-07T21:40:17Z, -03:00, 2022-01-07 18:40:17 -0300 -03",
    "2022-01-07T21:40:17Z, +05:45, 2022-01-08 03:25:17 +0545 +0545"
  })
  void is_a_time_of_go(Instant instant, String zone, String text) {
    assertThat(GoTime.format(instant, ZoneId.of(zone))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2022-01-07 13:40:17.537208 -0800 PST m=+1.119309658, 2022-01-07T21:40:17.537208Z",
    "2022-01-07 13:40:17.537208 -0800 PST, 2022-01-07T21:40:17.537208Z",
    "2022-01-07 18:40:17 -0300 -03, 2022-01-07T21:40:17Z",
    "2022-01-08 03:25:17.000000001 +0545 +0545, 2022-01-07T21:40:17.000000001Z",
    "2022-01-07 21:40:17 +0000, 2022-01-07T21:40:17Z"
  })
  void is_read_as_go_left_it(String text, Instant instant) {
    assertThat(GoTime.parse(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "now", "2022-01-07", "2022-01-07 13:40:17", "2022-13-07 13:40:17 +0000 UTC"})
  void is_not_read_out_of_something_else(String text) {
    assertThat(GoTime.parse(text)).isEmpty();
  }
}

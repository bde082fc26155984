package ballot.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UptimeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12345.67 54321.00       | 1234567
          0.00 0.00               | 0
          0.07 0.01               | 7
          5.99                    | 599
          9999999999.99 1.0       | 999999999999
          ''                      | -1
          12345                   | -1
          12345.6                 | -1
          .67 1.0                 | -1
          -1.00 1.0               | -1
          1.-1 1.0                | -1
          x.yz                    | -1
          99999999999999999999.00 | -1
          9223372036854775807.99  | -1
          """)
  void reads_hundredths_of_a_second_or_says_that_it_cannot(String text, long hundredths) {
    assertThat(Uptime.parse(text)).isEqualTo(hundredths);
  }

  @Test
  void agrees_with_itself_over_time() {
    Uptime uptime = Uptime.open();
    long first = uptime.hundredths();
    long second = uptime.hundredths();
    assertThat(first).isNotNegative();
    assertThat(second).isBetween(first, first + 500);
  }
}

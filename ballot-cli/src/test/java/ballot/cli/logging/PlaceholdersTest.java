package ballot.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages are filled in as those who write them for the JDK's loggers expect. */
final class PlaceholdersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{0} of {1} | 1234567 of two",
        "{1}{0}{1} | two1234567two",
        "{0,number,#} | 1234567",
        "{2} and {9} | null and {9}",
        "it''s {0} | it's 1234567",
        "{} {x} {0 {-1} {1234} | {} {x} {0 {-1} {1234}",
        "no places | no places",
        "json {\"a\": {0}} | json {\"a\": 1234567}"
      })
  void are_filled(String format, String text) {
    assertThat(Placeholders.fill(format, 1_234_567L, "two", null)).isEqualTo(text);
  }
}

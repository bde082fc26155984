package ballot.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the author of a wrong schedule is told. */
class MistakesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          61 * * * *         | minute '61' is not allowed in the schedule '61 * * * *': write 0-59, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '*/15 * * * *'
          60 * * * * *       | second '60' is not allowed in the schedule '60 * * * * *': write 0-59, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '*/15 * * * * *'
          0 24 * * *         | hour '24' is not allowed in the schedule '0 24 * * *': write 0-23, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '0 8-18 * * *'
          0 0 32 * *         | day of month '32' is not allowed in the schedule '0 0 32 * *': write 1-31, a list (a,b), a range (a-b), a step (*/n, a-b/n) or * or ?, as in '30 4 1,15 * *'
          0 0 1 13 *         | month '13' is not allowed in the schedule '0 0 1 13 *': write 1-12 or JAN-DEC, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '30 4 1 JAN,JUL *'
          0 0 * * 8          | day of week '8' is not allowed in the schedule '0 0 * * 8': write 0-7 (0 and 7 are Sunday) or SUN-SAT, a list (a,b), a range (a-b), a step (*/n, a-b/n) or * or ?, as in '30 4 * * MON-FRI'
          0  0 1,32 * *      | day of month '32' is not allowed in the schedule '0 0 1,32 * *': write 1-31, a list (a,b), a range (a-b), a step (*/n, a-b/n) or * or ?, as in '30 4 1,15 * *'
          50-10 * * * *      | minute '50-10' runs backwards in the schedule '50-10 * * * *': write 0-59, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '*/15 * * * *'
          */90 * * * *       | minute '*/90' has a step that is not 1-60 in the schedule '*/90 * * * *': write 0-59, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *, as in '*/15 * * * *'
          0 0 L * *          | day of month 'L' is not supported, as L, W and # are not cron's, in the schedule '0 0 L * *': write 1-31, a list (a,b), a range (a-b), a step (*/n, a-b/n) or * or ?, as in '30 4 1,15 * *'
          0 0 30 2 *         | the schedule '0 0 30 2 *' never ticks: none of its months has a day 30; an example is '30 4 1,15 * *'
          0 0 31 4,6 */2     | the schedule '0 0 31 4,6 */2' never ticks: none of its months has a day 31; an example is '30 4 1,15 * *'
          * * * *            | the schedule '* * * *' has 4 fields: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'
          0 0 0 1 1 ? 2026   | the schedule '0 0 0 1 1 ? 2026' has 7 fields: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'
          hourly             | the schedule 'hourly' has 1 field: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'
          "  "               | the schedule '' has 0 fields: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'
          TZ=UTC             | the schedule '' has 0 fields: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'
          @dayly             | '@dayly' is not a schedule, perhaps '@daily': there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and '@every 1h30m'
          @sometimes         | '@sometimes' is not a schedule: there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and '@every 1h30m'
          @daily 5           | '@daily 5' is not a schedule, perhaps '@daily': there are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and '@every 1h30m'
          @Reboot            | '@reboot' is not a schedule: it names no time, and leadership outlives restarts; 'run once' runs a command when leadership is won
          @every             | '@every' is not a schedule: it says not how often; an example is '@every 1h30m'
          @every often       | '@every often' is not a schedule: 'often' is not a duration such as 90s, 15m or 1h30m; an example is '@every 1h30m'
          @every -5m         | '@every -5m' is not a schedule: '-5m' is not a duration such as 90s, 15m or 1h30m; an example is '@every 1h30m'
          @every 0s          | '@every 0s' is not a schedule: '0s' is not one second or more in whole seconds; an example is '@every 1h30m'
          @every 500ms       | '@every 500ms' is not a schedule: '500ms' is not one second or more in whole seconds; an example is '@every 1h30m'
          @every 1.5s        | '@every 1.5s' is not a schedule: '1.5s' is not one second or more in whole seconds; an example is '@every 1h30m'
          CRON_TZ=Europe/Berlni @daily | 'Europe/Berlni' is not a time zone, perhaps 'Europe/Berlin': write Area/City as in Europe/Berlin, UTC, or an offset as in +02:00
          TZ=Moon @daily     | 'Moon' is not a time zone: write Area/City as in Europe/Berlin, UTC, or an offset as in +02:00
          TZ= @daily         | '' is not a time zone: write Area/City as in Europe/Berlin, UTC, or an offset as in +02:00
          """)
  void a_mistake_is_named_with_what_is_allowed_and_an_example(String text, String told) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text, Optional.empty()))
        .withMessage(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5,                 | minute ''
          ,5                 | minute ''
          1,,2               | minute ''
          5-                 | minute '5-'
          -5                 | minute '-5'
          +5                 | minute '+5'
          5/                 | minute '5/'
          /5                 | minute '/5'
          */                 | minute '*/'
          */0                | minute '*/0'
          **                 | minute '**'
          *5                 | minute '*5'
          *-5                | minute '*-5'
          1-2-3              | minute '1-2-3'
          1-5/2/3            | minute '1-5/2/3'
          1--5               | minute '1--5'
          ?                  | minute '?'
          MON                | minute 'MON'
          L                  | minute 'L'
          99999999999        | minute '99999999999'
          999999999          | minute '999999999'
          H                  | minute 'H'
          0~30               | minute '0~30'
          ٣                  | minute '٣'
          ${7*7}             | minute '${7*7}'
          """)
  void whatever_is_no_field_of_cron_is_refused(String minute, String told) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(minute + " * * * *", Optional.empty()))
        .withMessageStartingWith(told + " ")
        .withMessageContaining("write 0-59")
        .withMessageNotContaining("cronutils")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 * * 5L",
        "0 0 * * FRIL",
        "0 0 * * 5#2",
        "0 0 * * MON#1",
        "0 0 LW * *",
        "0 0 15W * *",
        "0 0 L-3 * *",
        "0 0 W * *",
      })
  void what_quartz_added_is_refused_by_name(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text, Optional.empty()))
        .withMessageContaining("is not supported, as L, W and # are not cron's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 * * SAT-MON", "0 0 * * 5-1", "0 0 * NOV-FEB *"})
  void ranges_do_not_go_round(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text, Optional.empty()))
        .withMessageContaining("runs backwards");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0 * JANUARY *", "0 0 * FOO *", "0 0 * MON *", "0 0 * JAN-FOO *", "0 0 ?,1 * *"})
  void unknown_names_are_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text, Optional.empty()))
        .withMessageContaining("is not allowed in the schedule '" + text + "'");
  }

  @Test
  void two_zones_that_differ_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Schedule.parse("TZ=Europe/Berlin @daily", Optional.of(ZoneId.of("Asia/Tokyo"))))
        .withMessage(
            "the schedule is meant in Europe/Berlin and the time zone given beside it is"
                + " Asia/Tokyo: give one of them");
  }

  @Test
  void two_names_of_one_constant_offset_do_not_differ() {
    assertThat(Schedule.parse("TZ=UTC @daily", Optional.of(ZoneId.of("Etc/GMT"))).identity())
        .isEqualTo("CRON_TZ=UTC 0 0 0 * * *");
  }
}

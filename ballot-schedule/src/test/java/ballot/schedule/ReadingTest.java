package ballot.schedule;

import static ballot.schedule.Calendar.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the texts of schedules mean, on clocks that are never changed. */
class ReadingTest {

  /** 2026-01-01 is a Thursday. */
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * *             | 01-01T00:01:00 01-01T00:02:00
          * * * * * *           | 01-01T00:00:01 01-01T00:00:02
          */15 * * * *          | 01-01T00:15:00 01-01T00:30:00
          5/20 * * * *          | 01-01T00:05:00 01-01T00:25:00 01-01T00:45:00 01-01T01:05:00
          10-20/5 3 * * *       | 01-01T03:10:00 01-01T03:15:00 01-01T03:20:00 01-02T03:10:00
          1,3-4,58/1 0 * * *    | 01-01T00:01:00 01-01T00:03:00 01-01T00:04:00 01-01T00:58:00 01-01T00:59:00 01-02T00:01:00
          */30 59 23 31 12 *    | 12-31T23:59:00 12-31T23:59:30
          30 0 0 * * *          | 01-01T00:00:30 01-02T00:00:30
          0 0 1 jan,JUL *       | 07-01T00:00:00
          0 0 1 Mar-may *       | 03-01T00:00:00 04-01T00:00:00 05-01T00:00:00
          0 0 * * mon           | 01-05T00:00:00 01-12T00:00:00
          0 0 * * MON-WED       | 01-05T00:00:00 01-06T00:00:00 01-07T00:00:00 01-12T00:00:00
          0 0 * * 0             | 01-04T00:00:00 01-11T00:00:00
          0 0 * * 7             | 01-04T00:00:00 01-11T00:00:00
          0 0 * * SUN           | 01-04T00:00:00 01-11T00:00:00
          0 0 * * 6-7           | 01-03T00:00:00 01-04T00:00:00 01-10T00:00:00
          0 0 * * FRI-SUN       | 01-02T00:00:00 01-03T00:00:00 01-04T00:00:00 01-09T00:00:00
          0 0 * * SUN-MON       | 01-04T00:00:00 01-05T00:00:00 01-11T00:00:00
          0 0 * * 7-1           | 01-04T00:00:00 01-05T00:00:00 01-11T00:00:00
          0 0 * * 7/3           | 01-03T00:00:00 01-04T00:00:00 01-07T00:00:00 01-10T00:00:00
          0 0 ? * 5             | 01-02T00:00:00 01-09T00:00:00
          0 0 15 * ?            | 01-15T00:00:00 02-15T00:00:00
          0 0 ? * ?             | 01-02T00:00:00 01-03T00:00:00
          0 0 13 * FRI          | 01-02T00:00:00 01-09T00:00:00 01-13T00:00:00 01-16T00:00:00
          0 0 1-31 * MON        | 01-02T00:00:00 01-03T00:00:00
          0 0 */10 * FRI        | 05-01T00:00:00 07-31T00:00:00 08-21T00:00:00 09-11T00:00:00
          0 0 13 * */5          | 02-13T00:00:00 03-13T00:00:00 09-13T00:00:00 11-13T00:00:00
          0 0 31 * *            | 01-31T00:00:00 03-31T00:00:00 05-31T00:00:00
          0 0 30 2,4 *          | 04-30T00:00:00
          0 0 30 2 MON          | 02-02T00:00:00 02-09T00:00:00 02-16T00:00:00 02-23T00:00:00
          */60 */24 * * *       | 01-02T00:00:00 01-03T00:00:00
          *,5 0 * * *           | 01-01T00:01:00 01-01T00:02:00
          @monthly              | 02-01T00:00:00 03-01T00:00:00
          @weekly               | 01-04T00:00:00 01-11T00:00:00
          @daily                | 01-02T00:00:00 01-03T00:00:00
          @Midnight             | 01-02T00:00:00 01-03T00:00:00
          @HOURLY               | 01-01T01:00:00 01-01T02:00:00
          @every 90s            | 01-01T00:01:30 01-01T00:03:00
          @every 1h30m          | 01-01T01:30:00 01-01T03:00:00
          @Every PT6H           | 01-01T06:00:00 01-01T12:00:00
          '  0   0 1  jan,JUL * ' | 07-01T00:00:00
          """)
  void ticks(String text, String expected) {
    List<String> first = List.of(expected.split(" "));
    List<String> found = new ArrayList<>();
    Instant after = NEW_YEAR;
    for (String ignored : first) {
      after = schedule(text, "UTC").next(after).orElseThrow();
      found.add(after.toString());
    }
    assertThat(found).isEqualTo(first.stream().map(tick -> "2026-" + tick + "Z").toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"@yearly", "@annually", "0 0 1 1 *", "0 0 0 1 1 *"})
  void a_year_is_a_year(String text) {
    assertThat(schedule(text, "UTC").next(NEW_YEAR))
        .contains(Instant.parse("2027-01-01T00:00:00Z"));
  }

  @Test
  void leap_days_are_found_over_the_year_that_is_none() {
    Schedule leaping = schedule("0 0 29 2 *", "UTC");
    assertThat(leaping.next(NEW_YEAR)).contains(Instant.parse("2028-02-29T00:00:00Z"));
    assertThat(leaping.next(Instant.parse("2096-02-29T00:00:00Z")))
        .contains(Instant.parse("2104-02-29T00:00:00Z"));
    assertThat(
            schedule("0 0 29 2 */6", "Europe/Berlin").next(Instant.parse("2088-03-01T00:00:00Z")))
        .contains(Instant.parse("2116-02-28T23:00:00Z"));
  }

  @Test
  void periods_are_counted_from_the_epoch_and_before_it() {
    Schedule weekly = schedule("@every 168h", "Europe/Berlin");
    assertThat(weekly.next(Instant.EPOCH.minusNanos(1))).contains(Instant.EPOCH);
    assertThat(weekly.next(Instant.EPOCH)).contains(Instant.parse("1970-01-08T00:00:00Z"));
    assertThat(weekly.next(Instant.EPOCH.minusSeconds(1000 * 604_800)))
        .contains(Instant.EPOCH.minusSeconds(999 * 604_800));
  }

  @Test
  void a_zone_may_stand_before_the_schedule_beside_it_or_in_both_places() {
    Instant noon = Instant.parse("2026-01-01T03:00:00Z");
    Optional<ZoneId> beside = Optional.of(ZoneId.of("Asia/Tokyo"));
    assertThat(Schedule.parse("0 12 * * *", beside).next(NEW_YEAR)).contains(noon);
    assertThat(Schedule.parse("CRON_TZ=Asia/Tokyo 0 12 * * *", Optional.empty()).next(NEW_YEAR))
        .contains(noon);
    assertThat(Schedule.parse("tz=asia/tokyo 0 12 * * *", beside).next(NEW_YEAR)).contains(noon);
    assertThat(Schedule.parse("TZ=Asia/Tokyo @daily", beside).zone())
        .isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void without_a_zone_the_systems_is_meant() {
    assertThat(Schedule.parse("@daily", Optional.empty()).zone()).isEqualTo(ZoneId.systemDefault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"* * * * * *", "0 0 29 2 *", "@every 1s", "@every 2000000h"})
  void ticks_end_with_the_year_9999(String text) {
    Schedule schedule = schedule(text, "Europe/Berlin");
    assertThat(schedule.next(Instant.MIN).orElseThrow()).isBetween(Series.FIRST, Instant.EPOCH);
    assertThat(schedule.next(Series.LAST.minusSeconds(1))).isEmpty();
    assertThat(schedule.next(Instant.MAX)).isEmpty();
  }
}

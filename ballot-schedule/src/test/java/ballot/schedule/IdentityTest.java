package ballot.schedule;

import static ballot.schedule.Calendar.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Seeds;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two candidates mean the same schedule. */
class IdentityTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 4 * * *                       | CRON_TZ=UTC 0 30 4 * * *
          '  30\t4  * *  * '               | CRON_TZ=UTC 0 30 4 * * *
          0 30 4 * * *                     | CRON_TZ=UTC 0 30 4 * * *
          CRON_TZ=etc/utc 30 4 * * *       | CRON_TZ=UTC 0 30 4 * * *
          TZ=Z 30 4 ? * ?                  | CRON_TZ=UTC 0 30 4 * * *
          30 4 1-31 * *                    | CRON_TZ=UTC 0 30 4 * * *
          30 4 */1 1-12 0-7                | CRON_TZ=UTC 0 30 4 * * *
          30 4 1-31 * MON                  | CRON_TZ=UTC 0 30 4 * * *
          */5 * * * mon-fri                | CRON_TZ=UTC 0 0,5,10,15,20,25,30,35,40,45,50,55 * * * 1-5
          0-59 * * * *                     | CRON_TZ=UTC 0 * * * * *
          @hourly                          | CRON_TZ=UTC 0 0 * * * *
          0 0-23 * * *                     | CRON_TZ=UTC 0 0 0-23 * * *
          0 */2 * * *                      | CRON_TZ=UTC 0 0 */2 * * *
          0 */2,3 * * *                    | CRON_TZ=UTC 0 0 */2,3 * * *
          0 0-23/2 * * *                   | CRON_TZ=UTC 0 0 0,2,4,6,8,10,12,14,16,18,20,22 * * *
          @weekly                          | CRON_TZ=UTC 0 0 0 * * 0
          0 0 * * 7                        | CRON_TZ=UTC 0 0 0 * * 0
          0 0 13 DEC Fri                   | CRON_TZ=UTC 0 0 0 13 12 5
          0 0 */10 * FRI                   | CRON_TZ=UTC 0 0 0 */10 * 5
          0 0 13 * */5                     | CRON_TZ=UTC 0 0 0 13 * */5
          @every 90m                       | @every 1h30m0s
          CRON_TZ=UTC @EVERY 1h30m         | @every 1h30m0s
          """)
  void a_schedule_has_one_normal_form(String text, String identity) {
    assertThat(schedule(text, "UTC").identity()).isEqualTo(identity);
  }

  @Test
  void only_a_schedule_that_means_a_zone_and_names_none_assumes_one() {
    assertThat(Schedule.parse("@daily", Optional.empty()).isZoneAssumed()).isTrue();
    assertThat(Schedule.parse("TZ=UTC @daily", Optional.empty()).isZoneAssumed()).isFalse();
    assertThat(schedule("@daily", "UTC").isZoneAssumed()).isFalse();
    assertThat(Schedule.parse("@every 1h", Optional.empty()).isZoneAssumed()).isFalse();
  }

  @Test
  void the_zone_is_part_of_it_wherever_it_was_named() {
    Schedule beside = schedule("@daily", "Europe/Berlin");
    Schedule before = Schedule.parse("cron_tz=europe/berlin 0 0 * * *", Optional.empty());
    assertThat(beside).isEqualTo(before).hasSameHashCodeAs(before);
    assertThat(beside).hasToString("CRON_TZ=Europe/Berlin 0 0 0 * * *");
    assertThat(beside).isNotEqualTo(schedule("@daily", "Europe/Vienna"));
    assertThat(schedule("@daily", "+01:00")).hasToString("CRON_TZ=UTC+01:00 0 0 0 * * *");
    assertThat(schedule("@daily", "UTC+1")).isEqualTo(schedule("@daily", "+01:00"));
  }

  @Test
  void a_period_has_no_zone() {
    assertThat(schedule("@every 60s", "Asia/Tokyo")).isEqualTo(schedule("@every 1m", "UTC"));
  }

  @Test
  void the_normal_form_means_the_same_and_is_its_own() {
    SplittableRandom random = Seeds.announced("normal forms");
    Instant start = Instant.parse("2026-03-27T00:00:00Z");
    for (int count = 0; count < 2000; count++) {
      String text = RandomSchedule.next(random).text();
      Schedule schedule;
      try {
        schedule = schedule(text, "Europe/Berlin");
      } catch (IllegalArgumentException neverTicks) {
        assertThat(neverTicks).hasMessageContaining("never ticks");
        continue;
      }
      Schedule again = Schedule.parse(schedule.identity(), Optional.empty());
      assertThat(again.identity()).as(text).isEqualTo(schedule.identity());
      Instant tick = start;
      for (int ticks = 0; ticks < 20; ticks++) {
        Optional<Instant> next = schedule.next(tick);
        assertThat(again.next(tick)).as(text).isEqualTo(next);
        tick = next.orElseThrow().plusSeconds(random.nextInt(40_000));
      }
    }
  }
}

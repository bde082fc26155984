package ballot.schedule;

import static ballot.schedule.Calendar.ticks;
import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules made up at random, held against clocks that are read second by second. */
class OracleTest {

  private static final int SCHEDULES = 60;
  private static final Duration BEFORE = Duration.ofHours(6);

  /** Enough for the day that came twice. */
  private static final Duration AFTER = Duration.ofHours(25);

  /** One second: what the clock shows then, and whether it shows that for the first time. */
  private record Reading(Instant instant, LocalDateTime clock, boolean first) {}

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,       2026-03-29T01:00:00Z",
    "Europe/Berlin,       2026-10-25T01:00:00Z",
    "America/New_York,    2026-03-08T07:00:00Z",
    "America/New_York,    2026-11-01T06:00:00Z",
    "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
    "Australia/Lord_Howe, 2026-10-03T15:30:00Z",
    "Antarctica/Troll,    2026-03-29T01:00:00Z",
    "Antarctica/Troll,    2026-10-25T01:00:00Z",
    "Africa/Casablanca,   2026-02-15T02:00:00Z",
    "Pacific/Apia,        2011-12-30T10:00:00Z",
    "Pacific/Kwajalein,   1969-09-30T13:00:00Z",
    "Africa/Monrovia,     1972-01-07T00:44:30Z",
    "Asia/Tokyo,          2026-02-28T15:00:00Z",
    "UTC,                 2026-12-31T23:00:00Z"
  })
  void ticks_when_the_clock_says_so(String zone, Instant around) {
    SplittableRandom random = Seeds.announced("schedules in " + zone);
    List<Reading> readings = readings(ZoneId.of(zone), around);
    int seen = 0;
    for (int count = 0; count < SCHEDULES; count++) {
      RandomSchedule made = RandomSchedule.next(random);
      List<Instant> expected = expected(made, readings);
      seen += expected.size();
      Optional<Schedule> schedule = parsed(made.text(), zone);
      if (schedule.isPresent()) {
        Instant from = readings.get(1).instant();
        Instant to = readings.getLast().instant().plusSeconds(1);
        assertThat(ticks(schedule.get(), from, to)).as(made.text()).isEqualTo(expected);
        asksFromAnywhere(schedule.get(), made, expected, from, random);
      } else {
        assertThat(expected).as(made.text()).isEmpty();
      }
    }
    assertThat(seen).as("ticks in all").isGreaterThan(SCHEDULES);
  }

  /** What is refused is a schedule that never ticks. */
  private static Optional<Schedule> parsed(String text, String zone) {
    try {
      return Optional.of(Calendar.schedule(text, zone));
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("never ticks");
      return Optional.empty();
    }
  }

  private static void asksFromAnywhere(
      Schedule schedule,
      RandomSchedule made,
      List<Instant> expected,
      Instant from,
      SplittableRandom random) {
    for (int count = 0; count < 5 && !expected.isEmpty(); count++) {
      long span = Duration.between(from, expected.getLast()).toNanos();
      Instant after = span == 0 ? from.minusNanos(1) : from.plusNanos(random.nextLong(span));
      assertThat(schedule.next(after))
          .as("%s after %s", made.text(), after)
          .isEqualTo(expected.stream().filter(tick -> tick.isAfter(after)).findFirst());
    }
  }

  private static List<Reading> readings(ZoneId zone, Instant around) {
    List<Reading> readings = new ArrayList<>();
    Instant end = around.plus(AFTER);
    for (Instant now = around.minus(BEFORE); now.isBefore(end); now = now.plusSeconds(1)) {
      LocalDateTime clock = LocalDateTime.ofInstant(now, zone);
      boolean first = clock.atZone(zone).withEarlierOffsetAtOverlap().toInstant().equals(now);
      readings.add(new Reading(now, clock, first));
    }
    return readings;
  }

  private static List<Instant> expected(RandomSchedule made, List<Reading> readings) {
    List<Instant> ticks = new ArrayList<>();
    for (int at = 1; at < readings.size(); at++) {
      Reading now = readings.get(at);
      boolean shown = made.names(now.clock()) && (made.goesOn() || now.first());
      if (shown || leftOut(readings.get(at - 1).clock(), now.clock(), made::names)) {
        ticks.add(now.instant());
      }
    }
    return ticks;
  }

  /** Whether a clock that jumps from one time to the next jumps over a certain one. */
  private static boolean leftOut(
      LocalDateTime before, LocalDateTime now, Predicate<LocalDateTime> certain) {
    for (LocalDateTime time = before.plusSeconds(1); time.isBefore(now); ) {
      if (certain.test(time)) {
        return true;
      }
      time = time.plusSeconds(1);
    }
    return false;
  }
}

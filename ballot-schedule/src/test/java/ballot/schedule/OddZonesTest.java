package ballot.schedule;

import static ballot.schedule.Calendar.schedule;
import static ballot.schedule.Calendar.ticks;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every zone that there is, at every change of its clocks that there was. */
class OddZonesTest {

  private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration AROUND = Duration.ofHours(50);

  @Test
  void no_time_of_a_fixed_hour_comes_twice_and_none_is_lost_at_any_change() {
    for (String zone : zones()) {
      Schedule hours = schedule("0 0-23 * * *", zone);
      for (ZoneOffsetTransition change : changes(zone)) {
        Instant from = change.getInstant().minus(AROUND);
        Instant to = change.getInstant().plus(AROUND);
        List<LocalDateTime> shown =
            ticks(hours, from, to).stream()
                .filter(tick -> !tick.equals(change.getInstant()))
                .map(tick -> LocalDateTime.ofInstant(tick, ZoneId.of(zone)))
                .toList();
        assertThat(shown).as("%s at %s", zone, change).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void at_every_change_that_leaves_out_an_hour_a_tick_takes_its_place() {
    for (String zone : zones()) {
      Schedule seconds = schedule("* * 0-23 * * *", zone);
      for (ZoneOffsetTransition change : changes(zone)) {
        Instant before = change.getInstant().minusSeconds(1);
        assertThat(change.isGap()).as("%s at %s", zone, change).isNotEqualTo(change.isOverlap());
        if (change.isGap()) {
          assertThat(seconds.next(before))
              .as("%s at %s", zone, change)
              .contains(change.getInstant());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Africa/Casablanca",
        "America/New_York",
        "Antarctica/Troll",
        "Australia/Lord_Howe",
        "Europe/Berlin",
        "Europe/Dublin",
        "Pacific/Apia"
      })
  void the_next_tick_never_goes_back_over_years(String zone) {
    SplittableRandom random = Seeds.announced("years in " + zone);
    for (int count = 0; count < 3; count++) {
      Schedule schedule = schedule(random.nextInt(60) + " 0-23 * * *", zone);
      List<Instant> all =
          ticks(
              schedule,
              Instant.parse("2010-01-01T00:00:00Z"),
              Instant.parse("2014-01-01T00:00:00Z"));
      assertThat(all).hasSizeBetween(35_000, 35_064 + 20);
      for (int ask = 0; ask < 200; ask++) {
        int at = random.nextInt(all.size() - 1);
        long wait = Duration.between(all.get(at), all.get(at + 1)).toNanos();
        assertThat(schedule.next(all.get(at).plusNanos(random.nextLong(wait))))
            .contains(all.get(at + 1));
      }
    }
  }

  /** One name for each set of rules. */
  private static Collection<String> zones() {
    Map<ZoneRules, String> zones = new HashMap<>();
    for (String zone : ZoneId.getAvailableZoneIds()) {
      zones.merge(ZoneId.of(zone).getRules(), zone, BinaryOperator.minBy(naturalOrder()));
    }
    return new TreeSet<>(zones.values());
  }

  private static List<ZoneOffsetTransition> changes(String zone) {
    return Stream.iterate(
            ZoneId.of(zone).getRules().nextTransition(Instant.MIN),
            change -> change != null && change.getInstant().isBefore(END),
            change -> ZoneId.of(zone).getRules().nextTransition(change.getInstant()))
        .toList();
  }
}

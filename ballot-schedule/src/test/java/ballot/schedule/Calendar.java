package ballot.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ticks of a schedule between two times, as people read them. */
final class Calendar {

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  private Calendar() {}

  static Schedule schedule(String text, String zone) {
    return Schedule.parse(text, Optional.of(ZoneId.of(zone)));
  }

  static List<Instant> ticks(Schedule schedule, Instant from, Instant to) {
    List<Instant> ticks = new ArrayList<>();
    Instant after = from.minusNanos(1);
    while (true) {
      Instant tick = schedule.next(after).orElse(Instant.MAX);
      if (!tick.isAfter(after)) {
        throw new AssertionError("after %s came %s".formatted(after, tick));
      }
      if (!tick.isBefore(to)) {
        return ticks;
      }
      ticks.add(tick);
      after = tick;
    }
  }

  /** Both times as the zone's clocks show them, the first pass where there are two. */
  static List<String> shown(Schedule schedule, String from, String to) {
    ZoneId zone = schedule.zone();
    return ticks(
            schedule,
            LocalDateTime.parse(from).atZone(zone).toInstant(),
            LocalDateTime.parse(to).atZone(zone).toInstant())
        .stream()
        .map(tick -> SHOWN.format(tick.atZone(zone)))
        .toList();
  }
}

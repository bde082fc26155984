package ballot.schedule;

import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the text of a schedule.
 *
 * @param named the zone before it
 * @param when the rest, its words one blank apart
 */
record ScheduleText(Optional<ZoneId> named, String when) {

  private static final Pattern ZONE =
      Pattern.compile("(?:CRON_)?TZ=(\\S*)(.*)", Pattern.CASE_INSENSITIVE);

  static ScheduleText of(String text) {
    String words = String.join(" ", text.strip().split("\\s+"));
    Matcher zone = ZONE.matcher(words);
    return zone.matches()
        ? new ScheduleText(Optional.of(TimeZones.parse(zone.group(1))), zone.group(2).strip())
        : new ScheduleText(Optional.empty(), words);
  }

  /** Whether a zone is named, here or beside it. */
  boolean names(Optional<ZoneId> asked) {
    return named.isPresent() || asked.isPresent();
  }

  ZoneId zone(Optional<ZoneId> asked) {
    if (named.isPresent() && asked.isPresent() && !TimeZones.same(named.get(), asked.get())) {
      throw new IllegalArgumentException(
          "the schedule is meant in %s and the time zone given beside it is %s: give one of them"
              .formatted(named.get(), asked.get()));
    }
    return named.or(() -> asked).orElseGet(ZoneId::systemDefault);
  }
}

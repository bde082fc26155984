package ballot.schedule;

import ballot.api.Nearest;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Time zones by the names that people give them. */
public final class TimeZones {

  private TimeZones() {}

  /**
   * The zone of a name such as {@code Europe/Berlin}, in any letter case, {@code UTC} or {@code
   * +02:00}.
   *
   * @throws IllegalArgumentException in one sentence, with the nearest name
   */
  public static ZoneId parse(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      return inAnyCase(name).orElseThrow(() -> refusal(name));
    }
  }

  private static Optional<ZoneId> inAnyCase(String name) {
    return names().filter(name::equalsIgnoreCase).findFirst().map(ZoneId::of);
  }

  private static IllegalArgumentException refusal(String name) {
    String suggestion =
        Nearest.to(lower(name), names().map(TimeZones::lower))
            .flatMap(TimeZones::inAnyCase)
            .map(zone -> ", perhaps '" + zone + "'")
            .orElse("");
    return new IllegalArgumentException(
        "'%s' is not a time zone%s: write Area/City as in Europe/Berlin, UTC, or an offset as in +02:00"
            .formatted(name, suggestion));
  }

  /** Sorted, so that every host suggests the same. */
  private static Stream<String> names() {
    return ZoneId.getAvailableZoneIds().stream().sorted();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether clocks always show the same in both as far as their names tell. */
  static boolean same(ZoneId one, ZoneId other) {
    return identity(one).equals(identity(other));
  }

  /** The same for all names of a constant offset: hosts call theirs UTC, Etc/UTC, GMT or Z. */
  static String identity(ZoneId zone) {
    ZoneId normal = zone.normalized();
    if (normal.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    return normal instanceof ZoneOffset offset ? "UTC" + offset.getId() : normal.getId();
  }
}

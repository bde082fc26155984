package ballot.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When something is due, again and again. The ticks of a schedule are whole seconds from year 1 to
 * year 9999, a set that depends on the schedule, its zone and the rules for that zone which this
 * Java brings, and on nothing else: whoever asks, and from wherever, meets the same ones. Hosts
 * whose Javas know different rules for a zone mean different ticks.
 *
 * <p>Clocks that are changed: a schedule whose hours are fixed ticks once on the day they come
 * twice, at the first of the two. One whose hour begins with {@code *} goes on through both. Times
 * that a change leaves out are one tick together, at the first instant after it, which may be a
 * tick in its own right and then still is one.
 *
 * <p>Immutable, for any thread. Two schedules are equal when their {@link #identity} is.
 */
public final class Schedule {

  private final Series series;
  private final ZoneId zone;
  private final String identity;
  private final boolean zoneAssumed;

  private Schedule(Series series, ZoneId zone, String identity, boolean zoneAssumed) {
    this.series = series;
    this.zone = zone;
    this.identity = identity;
    this.zoneAssumed = zoneAssumed;
  }

  /**
   * Reads a schedule: five fields, six with seconds first, a nickname such as {@code @daily}, or
   * {@code @every 1h30m}, whose ticks are multiples since the Unix epoch. {@code CRON_TZ=Area/City}
   * or {@code TZ=Area/City} may stand before it.
   *
   * @param timezone the zone that was asked for beside the text; without one there and here it is
   *     the system's
   * @throws IllegalArgumentException in one sentence for its author: what is wrong, what is allowed
   *     there, and an example; also for a schedule that never ticks
   */
  public static Schedule parse(String text, Optional<ZoneId> timezone) {
    ScheduleText parts = ScheduleText.of(text);
    ZoneId zone = parts.zone(timezone);
    if (Every.isMeant(parts.when())) {
      Every every = Every.parse(parts.when());
      return new Schedule(every, zone, every.identity(), false);
    }
    CronFields fields = CronFields.parse(parts.when());
    ZonedTicks ticks = new ZonedTicks(fields, zone.getRules());
    String identity = "CRON_TZ=" + TimeZones.identity(zone) + " " + fields.text();
    return new Schedule(ticks, zone, identity, !parts.names(timezone));
  }

  /** The first tick after an instant, never that instant itself; empty when there is none left. */
  public Optional<Instant> next(Instant after) {
    return series.next(after);
  }

  /**
   * The schedule in its normal form, which can be parsed again. Two texts that differ in white
   * space, in letter case, in names for numbers, in a nickname for fields or in where they name
   * their zone have the same. The zone is part of it, but not of {@code @every}, to which it means
   * nothing; zones of one constant offset are named by that. Two names of one zone with summer time
   * are two zones.
   */
  public String identity() {
    return identity;
  }

  /** The zone whose clocks are meant. */
  public ZoneId zone() {
    return zone;
  }

  /** Whether its ticks depend on a zone that nobody named, so that it is the system's. */
  public boolean isZoneAssumed() {
    return zoneAssumed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule schedule && identity.equals(schedule.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  /** The same as {@link #identity}. */
  @Override
  public String toString() {
    return identity;
  }
}

package ballot.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instants at which the clocks of a zone show what the fields name. They are looked for between
 * one change of the clocks and the next, where clock and time go together.
 */
record ZonedTicks(CronFields fields, ZoneRules rules) implements Series {

  @Override
  public Optional<Instant> next(Instant after) {
    Instant from = Series.secondAfter(after);
    while (from.isBefore(LAST)) {
      ZoneOffsetTransition change = rules.previousTransition(from.plusSeconds(1));
      if (change != null && change.getInstant().equals(from) && leavesOutATick(change)) {
        return Optional.of(from);
      }
      ZoneOffsetTransition nextChange = rules.nextTransition(from);
      Instant end = nextChange == null ? LAST : nextChange.getInstant();
      Instant tick = between(from, end, change);
      if (tick != null) {
        return tick.isBefore(LAST) ? Optional.of(tick) : Optional.empty();
      }
      from = end;
    }
    return Optional.empty();
  }

  /**
   * @param from looked at, too
   * @param change the one at {@code from} or before
   */
  private @Nullable Instant between(
      Instant from, Instant end, @Nullable ZoneOffsetTransition change) {
    ZoneOffset offset = rules.getOffset(from);
    LocalDateTime start = LocalDateTime.ofEpochSecond(from.getEpochSecond(), 0, offset);
    if (change != null && !fields.hours().starred()) {
      start = afterSecondPass(start, change);
    }
    LocalDateTime limit = LocalDateTime.ofEpochSecond(end.getEpochSecond(), 0, offset);
    LocalDateTime tick = fields.next(start, limit);
    return tick == null ? null : tick.toInstant(offset);
  }

  /** What clocks show a second time is over for fixed hours. */
  private static LocalDateTime afterSecondPass(LocalDateTime start, ZoneOffsetTransition change) {
    LocalDateTime shownBefore = change.getDateTimeBefore();
    return start.isBefore(shownBefore) ? shownBefore : start;
  }

  private boolean leavesOutATick(ZoneOffsetTransition change) {
    return fields.next(change.getDateTimeBefore(), change.getDateTimeAfter()) != null;
  }
}

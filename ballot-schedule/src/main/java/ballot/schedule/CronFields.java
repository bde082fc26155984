package ballot.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The times that the fields of a schedule name, as a clock shows them. */
record CronFields(Values seconds, Values minutes, Values hours, Days days) {

  /** Reads five fields, six with seconds, or a nickname. */
  static CronFields parse(String when) {
    List<String> texts = new ArrayList<>(List.of(Nickname.fieldsOf(when).split(" ")));
    if (texts.size() == Field.values().length - 1) {
      texts.addFirst("0");
    }
    if (when.isEmpty() || texts.size() != Field.values().length) {
      throw wrongNumber(when, when.isEmpty() ? 0 : texts.size());
    }
    List<Values> values = new ArrayList<>();
    for (Field field : Field.values()) {
      values.add(field.parse(texts.get(field.ordinal()), when));
    }
    Days days = new Days(values.get(3), values.get(4), values.get(5));
    if (days.areNone()) {
      throw new IllegalArgumentException(
          "the schedule '%s' never ticks: none of its months has a day %d; an example is '%s'"
              .formatted(when, days.ofMonth().smallest(), Field.DAY_OF_MONTH.example()));
    }
    return new CronFields(values.get(0), values.get(1), values.get(2), days);
  }

  private static IllegalArgumentException wrongNumber(String when, int fields) {
    return new IllegalArgumentException(
        "the schedule '%s' has %d field%s: write five (minute, hour, day of month, month, day of week), as in '30 4 * * MON-FRI', or six with the second first, as in '0 30 4 * * MON-FRI'"
            .formatted(when, fields, fields == 1 ? "" : "s"));
  }

  /** The first time from one, included, to another, excluded. */
  @Nullable LocalDateTime next(LocalDateTime from, LocalDateTime to) {
    LocalDateTime found = days.has(from.toLocalDate()) ? laterThatDay(from) : null;
    if (found == null) {
      LocalDate day = days.next(from.toLocalDate().plusDays(1), to.toLocalDate());
      found = day == null ? null : day.atTime(firstOfDay());
    }
    return found == null || found.isBefore(to) ? found : null;
  }

  private @Nullable LocalDateTime laterThatDay(LocalDateTime from) {
    LocalDate day = from.toLocalDate();
    int hour = hours.next(from.getHour());
    if (hour == from.getHour()) {
      int minute = minutes.next(from.getMinute());
      int second = seconds.next(from.getSecond());
      if (minute == from.getMinute() && second != Values.NONE) {
        return day.atTime(hour, minute, second);
      }
      minute = minutes.next(from.getMinute() + 1);
      if (minute != Values.NONE) {
        return day.atTime(hour, minute, seconds.smallest());
      }
      hour = hours.next(hour + 1);
    }
    return hour == Values.NONE ? null : day.atTime(hour, minutes.smallest(), seconds.smallest());
  }

  private LocalTime firstOfDay() {
    return LocalTime.of(hours.smallest(), minutes.smallest(), seconds.smallest());
  }

  /** Six fields in their normal form. */
  String text() {
    return "%s %s %s %s"
        .formatted(
            seconds.isFull() ? "*" : seconds.listed(),
            minutes.isFull() ? "*" : minutes.listed(),
            hours.starred() ? hours.starring() : hours.listed(),
            days.text());
  }
}

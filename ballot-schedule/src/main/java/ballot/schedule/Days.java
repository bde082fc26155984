package ballot.schedule;

import java.time.LocalDate;
import java.time.Month;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The days of a schedule. Where both day fields are restricted, one of them is enough.
 *
 * @param ofMonth days of the month
 * @param ofWeek days of the week, Sunday being 0
 */
record Days(Values ofMonth, Values months, Values ofWeek) {

  private static final int DAYS_IN_WEEK = 7;

  /** The first day from one to another, both included. */
  @Nullable LocalDate next(LocalDate from, LocalDate to) {
    LocalDate day = from;
    while (!day.isAfter(to)) {
      if (!months.has(day.getMonthValue())) {
        day = day.withDayOfMonth(1).plusMonths(1);
      } else if (has(day)) {
        return day;
      } else {
        day = day.plusDays(1);
      }
    }
    return null;
  }

  boolean has(LocalDate day) {
    boolean inMonth = ofMonth.has(day.getDayOfMonth());
    boolean inWeek = ofWeek.has(day.getDayOfWeek().getValue() % DAYS_IN_WEEK);
    return months.has(day.getMonthValue())
        && (eitherIsEnough() ? inMonth || inWeek : inMonth && inWeek);
  }

  private boolean eitherIsEnough() {
    return !ofMonth.starred() && !ofWeek.starred();
  }

  /** Whether none of the months ever has such a day. Any date falls on any day of the week. */
  boolean areNone() {
    return !eitherIsEnough()
        && Arrays.stream(Month.values())
            .filter(month -> months.has(month.getValue()))
            .noneMatch(month -> ofMonth.smallest() <= month.maxLength());
  }

  /** The three fields in their normal form. */
  String text() {
    String month = months.isFull() ? "*" : months.listed();
    if (eitherIsEnough()) {
      return ofMonth.isFull() || ofWeek.isFull()
          ? "* " + month + " *"
          : ofMonth.listed() + " " + month + " " + ofWeek.listed();
    }
    boolean both = !ofMonth.isFull() && !ofWeek.isFull();
    boolean star = both && ofMonth.canStar();
    return text(ofMonth, star) + " " + month + " " + text(ofWeek, both && !star);
  }

  private static String text(Values days, boolean star) {
    return star || days.isFull() ? days.starring() : days.listed();
  }
}

package ballot.schedule;

import java.time.LocalDateTime;
import java.util.SplittableRandom;

/** A schedule made up at random, and whether the time on a clock is one of its times. */
record RandomSchedule(
    RandomField second,
    RandomField minute,
    RandomField hour,
    RandomField dayOfMonth,
    RandomField month,
    RandomField dayOfWeek,
    boolean withSeconds) {

  static RandomSchedule next(SplittableRandom random) {
    boolean withSeconds = random.nextBoolean();
    return new RandomSchedule(
        withSeconds ? RandomField.second(random) : RandomField.sharp(),
        RandomField.minute(random),
        RandomField.hour(random),
        RandomField.dayOfMonth(random),
        RandomField.month(random),
        RandomField.dayOfWeek(random),
        withSeconds);
  }

  String text() {
    String five =
        "%s %s %s %s %s"
            .formatted(
                minute.text(), hour.text(), dayOfMonth.text(), month.text(), dayOfWeek.text());
    return withSeconds ? second.text() + " " + five : five;
  }

  /** Whether the hour is one that cron lets go on when clocks are set back. */
  boolean goesOn() {
    return hour.starred();
  }

  boolean names(LocalDateTime time) {
    return second.values().get(time.getSecond())
        && minute.values().get(time.getMinute())
        && hour.values().get(time.getHour())
        && month.values().get(time.getMonthValue())
        && namesDay(time);
  }

  private boolean namesDay(LocalDateTime time) {
    boolean byMonth = dayOfMonth.values().get(time.getDayOfMonth());
    boolean byWeek = dayOfWeek.values().get(time.getDayOfWeek().getValue() % 7);
    if (dayOfMonth.starred() || dayOfWeek.starred()) {
      return byMonth && byWeek;
    }
    return byMonth || byWeek;
  }
}

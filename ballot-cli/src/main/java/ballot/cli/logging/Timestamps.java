package ballot.cli.logging;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Writes times. Faster to begin with than the formatters of java.time, which load half of the
 * locale data, and faster to go on with, since seconds repeat. Used by one thread at a time.
 */
final class Timestamps {

  private static final int LENGTH_OF_DATE = 11;

  private final ZoneId zone;
  private long second = Long.MIN_VALUE;
  private String untilSeconds = "";
  private String offset = "";

  Timestamps(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code 2026-01-31T13:16:05.123Z}, with as many digits of the second as asked for. */
  void appendFull(StringBuilder text, Instant time, int digits) {
    prepare(time);
    text.append(untilSeconds);
    appendFraction(text, time, digits);
    text.append(offset);
  }

  /** {@code 13:16:05.123}. */
  void appendClock(StringBuilder text, Instant time) {
    prepare(time);
    text.append(untilSeconds, LENGTH_OF_DATE, untilSeconds.length());
    appendFraction(text, time, 3);
  }

  private void prepare(Instant time) {
    if (time.getEpochSecond() == second) {
      return;
    }
    second = time.getEpochSecond();
    ZoneOffset now = zone.getRules().getOffset(time);
    LocalDateTime local = LocalDateTime.ofEpochSecond(second, 0, now);
    StringBuilder text = new StringBuilder(20);
    text.append(local.getYear());
    two(text.append('-'), local.getMonthValue());
    two(text.append('-'), local.getDayOfMonth());
    two(text.append('T'), local.getHour());
    two(text.append(':'), local.getMinute());
    two(text.append(':'), local.getSecond());
    untilSeconds = text.toString();
    offset = now.getId();
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  @SuppressWarnings("JavaInstantGetSecondsGetNano") // the whole seconds are written beside it
  private static void appendFraction(StringBuilder text, Instant time, int digits) {
    int nanos = time.getNano();
    text.append('.');
    int divisor = 100_000_000;
    for (int digit = 0; digit < digits; digit++) {
      text.append((char) ('0' + nanos / divisor % 10));
      divisor /= 10;
    }
  }
}

package ballot.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;

/**
 * Times as Go prints them, {@code 2006-01-02 15:04:05.999999999 -0700 MST}, and as programs in Go
 * leave them in stores, with a reading of their monotonic clock behind: {@code m=+1.119309658}.
 */
public final class GoTime {

  /** Made when something is read, which most programs never do. */
  private static final class Reader {
    static final DateTimeFormatter FORMAT =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendLiteral(' ')
            .appendOffset("+HHMM", "+0000")
            .toFormatter(Locale.ROOT);
  }

  private GoTime() {}

  /** The moment that a text names; empty when it is not such a time. */
  public static Optional<Instant> parse(String text) {
    String[] words = text.strip().split(" ", 4);
    if (words.length < 3) {
      return Optional.empty();
    }
    try {
      String dated = words[0] + " " + words[1] + " " + words[2];
      return Optional.of(OffsetDateTime.parse(dated, Reader.FORMAT).toInstant());
    } catch (DateTimeException another) {
      return Optional.empty();
    }
  }

  /** The moment as a clock in that zone shows it. */
  public static String format(Instant instant, ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(instant);
    LocalDateTime local = LocalDateTime.ofInstant(instant, offset);
    StringBuilder text = new StringBuilder(40);
    text.append(local.getYear());
    two(text.append('-'), local.getMonthValue());
    two(text.append('-'), local.getDayOfMonth());
    two(text.append(' '), local.getHour());
    two(text.append(':'), local.getMinute());
    two(text.append(':'), local.getSecond());
    fraction(text, local.getNano());
    String digits = digits(offset.getTotalSeconds());
    text.append(' ').append(digits);
    return text.append(' ').append(name(zone, instant, offset, digits)).toString();
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static void fraction(StringBuilder text, int nanos) {
    if (nanos == 0) {
      return;
    }
    String nine = Integer.toString(1_000_000_000 + nanos).substring(1);
    int end = nine.length();
    while (nine.charAt(end - 1) == '0') {
      end--;
    }
    text.append('.').append(nine, 0, end);
  }

  private static String digits(int seconds) {
    StringBuilder text = new StringBuilder(5).append(seconds < 0 ? '-' : '+');
    int minutes = Math.abs(seconds) / 60;
    two(text, minutes / 60);
    two(text, minutes % 60);
    return text.toString();
  }

  /** Names of zones cost a good part of the locale data; the usual one does not need them. */
  private static String name(ZoneId zone, Instant instant, ZoneOffset offset, String digits) {
    if (zone.normalized().equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    boolean summer = zone.getRules().isDaylightSavings(instant);
    String name = TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
    boolean abbreviation = name.chars().allMatch(unit -> unit >= 'A' && unit <= 'Z');
    return abbreviation && name.length() >= 3 && name.length() <= 5
        ? name
        : goOffset(offset, digits);
  }

  /** Where there is no abbreviation Go repeats the offset, without minutes if there are none. */
  private static String goOffset(ZoneOffset offset, String digits) {
    return offset.getTotalSeconds() % 3600 == 0 ? digits.substring(0, 3) : digits;
  }
}

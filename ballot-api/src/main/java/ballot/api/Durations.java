package ballot.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people and the succeeded systems write them: Go's text ({@code 10s}, {@code 1m30s},
 * {@code 1.5h}, {@code 500ms}) and ISO-8601 ({@code PT10S}).
 */
public final class Durations {

  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private Durations() {}

  /**
   * Reads a duration that is not negative.
   *
   * @throws IllegalArgumentException saying what is allowed
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    try {
      Duration duration =
          trimmed.toUpperCase(Locale.ROOT).startsWith("P")
              ? Duration.parse(trimmed)
              : parseGo(trimmed);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException(
          "'%s' is too long: durations go up to 2500000h, which is 285 years".formatted(text));
    } catch (DateTimeParseException unreadable) {
      // told below
    }
    throw unreadable(text);
  }

  private static Duration parseGo(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
    }
    if (end == 0 || end != text.length()) {
      throw unreadable(text);
    }
    return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a duration: write 10s, 1m30s, 1.5h, 500ms or PT10S");
  }

  /** Writes a duration as Go does: {@code 1.5s}, {@code 1m30s}, {@code 250ms}, {@code 0s}. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return formatSmall(duration.toNanos());
    }
    StringBuilder text = new StringBuilder();
    long hours = duration.toHours();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    return text.append(decimal(duration.minusMinutes(duration.toMinutes()).toNanos(), 9))
        .append('s')
        .toString();
  }

  private static String formatSmall(long nanos) {
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
  }

  private static String decimal(long nanos, int digits) {
    return BigDecimal.valueOf(nanos, digits).stripTrailingZeros().toPlainString();
  }
}

package ballot.zookeeper.foreign;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and durations as Go prints them, and as strictly as Go reads them. */
final class GoText {

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})? ([+-]\\d{4})"
              + " ([A-Z]{3,5}|[+-]\\d{2,4})");
  private static final Pattern MONOTONIC = Pattern.compile(" m=[+-]\\d+\\.\\d+$");
  private static final Pattern DURATION =
      Pattern.compile("([-+])?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+|0");
  private static final Pattern PART =
      Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Double> UNITS =
      Map.of(
          "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "μs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h",
          3600.0);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern(" Z zzz", Locale.ROOT);
  private static final long START = System.nanoTime();

  private GoText() {}

  /** {@code time.Now().String()}. */
  static String now() {
    ZonedDateTime now = Instant.now().atZone(ZoneId.systemDefault());
    long since = System.nanoTime() - START;
    return SECONDS.format(now)
        + fraction(now.getNano())
        + ZONE.format(now)
        + " m=+%d.%09d".formatted(since / 1_000_000_000, since % 1_000_000_000);
  }

  private static String fraction(int nanos) {
    String digits = "%09d".formatted(nanos).replaceAll("0+$", "");
    return digits.isEmpty() ? "" : "." + digits;
  }

  /** What comes of {@code time.Parse} once the reading of the monotonic clock is cut off. */
  static Instant time(String text) {
    Matcher time = TIME.matcher(MONOTONIC.matcher(text).replaceFirst(""));
    if (!time.matches()) {
      throw new IllegalArgumentException("Go cannot read this time: " + text);
    }
    String fraction = time.group(2) == null ? "" : time.group(2);
    String offset = time.group(3).substring(0, 3) + ":" + time.group(3).substring(3);
    return ZonedDateTime.parse(time.group(1).replace(' ', 'T') + fraction + offset).toInstant();
  }

  /** {@code time.Duration.String()}, for whole milliseconds. */
  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
    int nanos = duration.toMillisPart() * 1_000_000;
    return hours + minutes + duration.toSecondsPart() + fraction(nanos) + "s";
  }

  /** {@code time.ParseDuration}. */
  static Duration duration(String text) {
    if (!DURATION.matcher(text).matches()) {
      throw new IllegalArgumentException("Go cannot read this duration: " + text);
    }
    double seconds =
        PART.matcher(text)
            .results()
            .mapToDouble(
                part ->
                    Double.parseDouble(part.group(1))
                        * UNITS.getOrDefault(part.group(2), Double.NaN))
            .sum();
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

package ballot.schedule;

import ballot.api.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The multiples of a period since the Unix epoch.
 *
 * @param seconds the period
 */
record Every(long seconds) implements Series {

  private static final String NICKNAME = "@every";

  static boolean isMeant(String when) {
    return when.split(" ", 2)[0].toLowerCase(Locale.ROOT).equals(NICKNAME);
  }

  static Every parse(String when) {
    String text = when.substring(NICKNAME.length()).strip();
    Duration period = period(when, text);
    if (period.getNano() != 0 || period.isZero()) {
      throw refusal(when, "'" + text + "' is not one second or more in whole seconds");
    }
    return new Every(period.toSeconds());
  }

  private static Duration period(String when, String text) {
    if (text.isEmpty()) {
      throw refusal(when, "it says not how often");
    }
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException unreadable) {
      throw refusal(when, "'" + text + "' is not a duration such as 90s, 15m or 1h30m");
    }
  }

  private static IllegalArgumentException refusal(String when, String why) {
    return new IllegalArgumentException(
        "'%s' is not a schedule: %s; an example is '@every 1h30m'".formatted(when, why));
  }

  @Override
  public Optional<Instant> next(Instant after) {
    long from = Series.secondAfter(after).getEpochSecond();
    Instant tick = Instant.ofEpochSecond(Math.ceilDiv(from, seconds) * seconds);
    return tick.isBefore(LAST) ? Optional.of(tick) : Optional.empty();
  }

  String identity() {
    return NICKNAME + " " + Durations.format(Duration.ofSeconds(seconds));
  }
}

package ballot.schedule;

import ballot.api.Nearest;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Short names of common schedules, written {@code @daily} in any letter case. */
enum Nickname {
  YEARLY("0 0 1 1 *"),
  ANNUALLY("0 0 1 1 *"),
  MONTHLY("0 0 1 * *"),
  WEEKLY("0 0 * * 0"),
  DAILY("0 0 * * *"),
  MIDNIGHT("0 0 * * *"),
  HOURLY("0 * * * *");

  private final String fields;

  Nickname(String fields) {
    this.fields = fields;
  }

  /** The fields that a nickname stands for; any other text as it is. */
  static String fieldsOf(String when) {
    return when.startsWith("@") ? known(when) : when;
  }

  private static String known(String when) {
    String name = when.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(nickname -> nickname.written().equals(name))
        .map(nickname -> nickname.fields)
        .findFirst()
        .orElseThrow(() -> refusal(when, name));
  }

  private static IllegalArgumentException refusal(String when, String name) {
    if (name.equals("@reboot")) {
      return new IllegalArgumentException(
          "'@reboot' is not a schedule: it names no time, and leadership outlives restarts;"
              + " 'run once' runs a command when leadership is won");
    }
    return new IllegalArgumentException(
        "'%s' is not a schedule%s: there are %s and '@every 1h30m'"
            .formatted(
                when,
                Nearest.to(name, Stream.concat(all(), Stream.of("@every")))
                    .map(near -> ", perhaps '" + near + "'")
                    .orElse(""),
                all().collect(Collectors.joining(", "))));
  }

  private static Stream<String> all() {
    return Arrays.stream(values()).map(Nickname::written);
  }

  private String written() {
    return "@" + name().toLowerCase(Locale.ROOT);
  }
}

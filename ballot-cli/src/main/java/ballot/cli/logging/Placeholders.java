package ballot.cli.logging;

import org.jspecify.annotations.Nullable;

/**
 * Fills {@code {0}} into messages. Unlike java.text.MessageFormat it loads no locale data, writes
 * numbers without separators and never throws.
 */
final class Placeholders {

  private Placeholders() {}

  static String fill(String format, @Nullable Object @Nullable ... parameters) {
    if (parameters == null || parameters.length == 0 || format.indexOf('{') < 0) {
      return format;
    }
    StringBuilder text = new StringBuilder(format.length() + 32);
    int at = 0;
    while (at < format.length()) {
      int end = format.charAt(at) == '{' ? format.indexOf('}', at) : -1;
      int index = end < 0 ? -1 : indexOf(format, at + 1, end);
      if (index >= 0 && index < parameters.length) {
        text.append(show(parameters[index]));
        at = end + 1;
      } else if (format.startsWith("''", at)) {
        text.append('\'');
        at += 2;
      } else {
        text.append(format.charAt(at++));
      }
    }
    return text.toString();
  }

  /** The number of a place; how it should be formatted, after a comma, does not matter here. */
  private static int indexOf(String format, int from, int close) {
    int comma = format.indexOf(',', from);
    int end = comma >= 0 && comma < close ? comma : close;
    if (end - from < 1 || end - from > 3) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < end; i++) {
      int digit = format.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  /** What a stranger's toString does must not end a run. */
  private static String show(@Nullable Object parameter) {
    try {
      return String.valueOf(parameter);
    } catch (RuntimeException broken) {
      return "(" + broken.getClass().getName() + ")";
    }
  }
}

package ballot.cli.process;

/** Text from elsewhere made safe to show as a part of one line. */
public final class OneLine {

  private OneLine() {}

  /**
   * The same text without line ends and other control characters, which could forge lines or move a
   * terminal's cursor.
   */
  public static String of(String text) {
    String stripped = text.strip();
    if (stripped.chars().noneMatch(OneLine::isControl)) {
      return stripped;
    }
    StringBuilder line = new StringBuilder(stripped.length() + 16);
    stripped.chars().forEach(unit -> append(line, unit));
    return line.toString();
  }

  private static boolean isControl(int unit) {
    return Character.isISOControl(unit) || unit == '\u2028' || unit == '\u2029';
  }

  private static void append(StringBuilder line, int unit) {
    switch (unit) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (isControl(unit)) {
          line.append("\\u%04x".formatted(unit));
        } else {
          line.append((char) unit);
        }
      }
    }
  }
}

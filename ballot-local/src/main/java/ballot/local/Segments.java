package ballot.local;

import ballot.api.ElectionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes the segments of an election's name as names of folders.
 *
 * <p>Letters, digits and {@code . _ - + = , @ :} stay; every other byte of the UTF-8 text becomes
 * {@code %XX}. A segment that is too long for a file system is cut and ends in {@code ~} and its
 * SHA-256. No two segments are written alike.
 */
final class Segments {

  private static final String KEPT = "._-+=,@:";
  private static final int LONGEST = 200;
  private static final int KEPT_OF_LONG = 120;

  private Segments() {}

  static List<String> of(ElectionName election) {
    return Arrays.stream(election.path().split("/")).map(Segments::encode).toList();
  }

  private static String encode(String segment) {
    StringBuilder text = new StringBuilder();
    segment.codePoints().forEach(point -> append(text, point));
    return text.length() <= LONGEST ? text.toString() : cut(text.toString());
  }

  private static void append(StringBuilder text, int point) {
    if (isKept(point)) {
      text.append((char) point);
    } else if (Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE) {
      // half a character has no UTF-8 of its own: without this all of them would look alike
      text.append("%u").append(HexFormat.of().withUpperCase().toHexDigits((char) point));
    } else {
      for (byte unit : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
        text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
      }
    }
  }

  private static boolean isKept(int point) {
    return point >= 'a' && point <= 'z'
        || point >= 'A' && point <= 'Z'
        || point >= '0' && point <= '9'
        || KEPT.indexOf(point) >= 0;
  }

  private static String cut(String encoded) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(encoded.getBytes(StandardCharsets.US_ASCII));
      return encoded.substring(0, KEPT_OF_LONG) + "~" + HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}

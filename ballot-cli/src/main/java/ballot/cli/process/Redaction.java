package ballot.cli.process;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The last line of defence: takes values that are known to be secret, and user information of
 * addresses, out of a text that is about to be shown. Nothing relies on it; whoever writes a
 * message leaves secrets out.
 */
public final class Redaction {

  /** Takes out no more than user information of addresses. */
  public static final Redaction NONE = new Redaction(List.of());

  private static final int SHORTEST = 4;
  private static final String MARK = "***";
  private static final Pattern USER_INFORMATION = Pattern.compile("://[^/?#\\s'\"]+@");

  private volatile List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** For these values; those of fewer than four characters would make holes into every text. */
  public static Redaction of(List<String> values) {
    return new Redaction(
        longestFirst(
            values.stream()
                .map(String::strip)
                .flatMap(Redaction::forms)
                .filter(value -> value.length() >= SHORTEST)));
  }

  /** A part of a longer one must not be taken out before it. */
  private static List<String> longestFirst(Stream<String> values) {
    return values.distinct().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** From now on takes out what another one does too. Any thread. */
  public synchronized void learn(Redaction other) {
    secrets = longestFirst(Stream.concat(secrets.stream(), other.secrets.stream()));
  }

  /** A pair of name and password travels encoded, and its password alone is one too. */
  private static Stream<String> forms(String value) {
    int colon = value.indexOf(':');
    if (colon < 0) {
      return Stream.of(value);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return Stream.of(value, value.substring(colon + 1), Base64.getEncoder().encodeToString(bytes));
  }

  /** The text without them. */
  public String apply(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, MARK);
    }
    return clean.contains("://")
        ? USER_INFORMATION.matcher(clean).replaceAll("://" + MARK + "@")
        : clean;
  }

  /** Whether the text holds an address with user information. */
  public static boolean hasUserInformation(String text) {
    return text.contains("://") && USER_INFORMATION.matcher(text).find();
  }
}

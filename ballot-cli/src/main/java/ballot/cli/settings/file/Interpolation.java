package ballot.cli.settings.file;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the environment's variables into a value: {@code ${VAR}} and {@code ${VAR:-default}}. */
public final class Interpolation {

  private static final Pattern PLACE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

  private final Map<String, String> environment;

  /** From these variables. */
  public Interpolation(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The value with its variables filled in; a dollar sign before a place leaves it as it is.
   *
   * @throws IllegalArgumentException naming the variable that is not set
   */
  public String fill(String text) {
    if (!text.contains("${")) {
      return text;
    }
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(filled(place)));
  }

  private String filled(MatchResult place) {
    if (place.group().equals("$${")) {
      return "${";
    }
    String variable = place.group(1);
    if (variable == null) {
      throw new IllegalArgumentException(
          "'${' begins no variable: write ${NAME} or ${NAME:-default}, and $${ for ${ itself");
    }
    String value = environment.get(variable);
    String fallback = place.group(2);
    if (fallback != null) {
      return value == null || value.isEmpty() ? fallback : value;
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "${%s} is not set in the environment: set it, or write ${%s:-default}"
              .formatted(variable, variable));
    }
    return value;
  }
}

package ballot.consul;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The id of an instance as an operator gives it: exact, or with {@code *} and {@code ?}. */
record InstanceName(String text) {

  boolean isPattern() {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  boolean matches(String id) {
    String pattern =
        text.chars()
            .mapToObj(
                letter ->
                    switch (letter) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(letter));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(id).matches();
  }

  /** For a person: which instances match, although one should. */
  String severalMatch(Collection<String> ids) {
    return "several instances match "
        + text
        + ": "
        + ids.stream().sorted().collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}

package ballot.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as YAML: what {@link JsonText} takes. Texts are written without quotes where every
 * reader, of YAML 1.1 or 1.2, takes them for texts, and otherwise as JSON has them.
 */
public final class YamlText {

  private static final Pattern WORDS =
      Pattern.compile("[A-Za-z_/]([A-Za-z0-9_./@+,;()' -]|:(?=[^ ]))*");
  private static final Pattern DURATION =
      Pattern.compile("[0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h)([0-9]+(\\.[0-9]+)?(m|s))*");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}(-[0-9]{2}){2} [0-9]{2}(:[0-9]{2}){2}(\\.[0-9]+)? [+-][0-9]{4} [A-Z]+");
  private static final Set<String> NOT_TEXTS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  /** The document, its last line ended. */
  public static String of(Map<String, ? extends @Nullable Object> document) {
    YamlText yaml = new YamlText();
    if (document.isEmpty()) {
      return "{}\n";
    }
    yaml.map(document, "", "");
    return yaml.text.toString();
  }

  private void map(Map<?, ?> map, String first, String indent) {
    String before = first;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(before);
      scalar(String.valueOf(entry.getKey()));
      text.append(':');
      after(entry.getValue(), indent);
      before = indent;
    }
  }

  private void after(@Nullable Object value, String indent) {
    String inner = indent + "  ";
    switch (value) {
      case Map<?, ?> map when !map.isEmpty() -> {
        text.append('\n');
        map(map, inner, inner);
      }
      case List<?> list when !list.isEmpty() -> {
        text.append('\n');
        list.forEach(item -> item(item, inner));
      }
      case null, default -> inLine(value);
    }
  }

  private void item(@Nullable Object item, String indent) {
    text.append(indent).append('-');
    switch (item) {
      case Map<?, ?> map when !map.isEmpty() -> map(map, " ", indent + "  ");
      case List<?> list when !list.isEmpty() -> after(list, indent);
      case null, default -> inLine(item);
    }
  }

  private void inLine(@Nullable Object value) {
    text.append(' ');
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> empty -> text.append("{}");
      case List<?> empty -> text.append("[]");
      case Number number -> text.append(number.longValue());
      case Boolean truth -> text.append(truth);
      default -> scalar(value.toString());
    }
    text.append('\n');
  }

  private void scalar(String value) {
    if (isPlain(value)) {
      text.append(value);
    } else {
      JsonText.quote(text, value);
    }
  }

  private static boolean isPlain(String value) {
    boolean plain =
        WORDS.matcher(value).matches()
            || DURATION.matcher(value).matches()
            || TIME.matcher(value).matches();
    return plain && !value.endsWith(" ") && !NOT_TEXTS.contains(value.toLowerCase(Locale.ROOT));
  }
}

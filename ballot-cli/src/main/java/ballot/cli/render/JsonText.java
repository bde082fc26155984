package ballot.cli.render;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as JSON: maps with text keys, lists, texts, whole numbers, truth values and null.
 * Written by hand since the library costs more time than the command.
 */
public final class JsonText {

  private final StringBuilder text = new StringBuilder();

  private JsonText() {}

  /** The document on several lines, the last one ended. */
  public static String of(@Nullable Object document) {
    JsonText json = new JsonText();
    json.value(document, "");
    return json.text.append('\n').toString();
  }

  private void value(@Nullable Object value, String indent) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> map(map, indent);
      case List<?> list -> list(list, indent);
      case Number number -> text.append(number.longValue());
      case Boolean truth -> text.append(truth);
      default -> quote(text, value.toString());
    }
  }

  private void map(Map<?, ?> map, String indent) {
    if (map.isEmpty()) {
      text.append("{}");
      return;
    }
    String inner = indent + "  ";
    text.append("{\n");
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      quote(text.append(inner), String.valueOf(entry.getKey()));
      text.append(": ");
      value(entry.getValue(), inner);
      text.append(entries.hasNext() ? ",\n" : "\n");
    }
    text.append(indent).append('}');
  }

  private void list(List<?> list, String indent) {
    if (list.isEmpty()) {
      text.append("[]");
      return;
    }
    String inner = indent + "  ";
    text.append("[\n");
    Iterator<?> items = list.iterator();
    while (items.hasNext()) {
      text.append(inner);
      value(items.next(), inner);
      text.append(items.hasNext() ? ",\n" : "\n");
    }
    text.append(indent).append(']');
  }

  /** Appends a text in quotes, escaped so that JSON and YAML read it alike. */
  public static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (isShown(value, i)) {
            text.append(unit);
          } else {
            escape(text, unit);
          }
        }
      }
    }
    text.append('"');
  }

  private static void escape(StringBuilder text, char unit) {
    String hex = Integer.toHexString(unit);
    text.append("\\u").append("0".repeat(4 - hex.length())).append(hex);
  }

  private static boolean isShown(String value, int at) {
    char unit = value.charAt(at);
    if (Character.isHighSurrogate(unit)) {
      return at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1));
    }
    if (Character.isLowSurrogate(unit)) {
      return at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }
    return !Character.isISOControl(unit)
        && unit != '\u2028'
        && unit != '\u2029'
        && unit != '\ufeff'
        && unit < '\ufffe';
  }
}

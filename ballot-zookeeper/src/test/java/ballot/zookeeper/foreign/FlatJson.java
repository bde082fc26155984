package ballot.zookeeper.foreign;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads a JSON object whose values are strings, numbers or words, which is all that the Go tool
 * writes. Strict: anything else is refused.
 */
final class FlatJson {

  private final String text;
  private int at;

  private FlatJson(String text) {
    this.text = text;
  }

  /** A value as it was written. */
  record Value(boolean isString, String text) {}

  static Map<String, Value> read(String text) {
    FlatJson reader = new FlatJson(text);
    Map<String, Value> values = reader.object();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.unreadable("something after the object");
    }
    return values;
  }

  private IllegalArgumentException unreadable(String why) {
    return new IllegalArgumentException(why + " at " + at + " of: " + text);
  }

  private Map<String, Value> object() {
    Map<String, Value> values = new LinkedHashMap<>();
    expect('{');
    blanks();
    if (peek() == '}') {
      at++;
      return values;
    }
    while (true) {
      blanks();
      String name = string();
      expect(':');
      blanks();
      if (values.put(name, peek() == '"' ? new Value(true, string()) : word()) != null) {
        throw unreadable("twice the same name");
      }
      blanks();
      if (peek() == '}') {
        at++;
        return values;
      }
      expect(',');
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unreadable("the end");
    }
    return text.charAt(at);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char mark) {
    blanks();
    if (peek() != mark) {
      throw unreadable("no '" + mark + "'");
    }
    at++;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char next = text.charAt(at++);
      if (next < ' ') {
        throw unreadable("a control character");
      }
      string.append(next == '\\' ? escaped() : next);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char mark = peek();
    at++;
    return switch (mark) {
      case '"', '\\', '/' -> mark;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        int code = Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        yield (char) code;
      }
      default -> throw unreadable("an unknown escape");
    };
  }

  private Value word() {
    int start = at;
    while (",} \t\r\n".indexOf(peek()) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (!word.matches("true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw unreadable("not a value: " + word);
    }
    return new Value(false, word);
  }

  /** Text between quotes, as Go writes it. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char next : text.toCharArray()) {
      if (next == '"' || next == '\\') {
        quoted.append('\\').append(next);
      } else if (next < ' ' || "<>&".indexOf(next) >= 0) {
        quoted.append("\\u%04x".formatted((int) next));
      } else {
        quoted.append(next);
      }
    }
    return quoted.append('"').toString();
  }
}

package ballot.exec.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits a command line like a shell would: blanks, both quotes, backslashes, comments. Variables
 * are found outside single quotes and become part of their word, blanks in their values included.
 * {@code $NAME} without braces, {@code *} and {@code ~} stand for themselves.
 */
final class Words {

  /** What only a shell could make sense of. */
  private static final Pattern OPERATOR = Pattern.compile("\\|\\|?|\\|&|&&?|[0-9]*(>|<).*|&>.*");

  private final String text;
  private int at;

  private Words(String text) {
    this.text = text;
  }

  /**
   * Splits.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static List<Text> of(String text) {
    return new Words(text).read();
  }

  private List<Text> read() {
    List<Text> words = new ArrayList<>();
    while (skipToWord()) {
      words.add(word());
    }
    return words;
  }

  /** Skips blanks and comments; whether there is a word. */
  private boolean skipToWord() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (isBlank(c)) {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        at += 2;
      } else {
        return true;
      }
    }
    return false;
  }

  private Text word() {
    Text.Builder word = new Text.Builder();
    int start = at;
    boolean isPlain = true;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      char c = text.charAt(at);
      isPlain &= c != '\'' && c != '"' && c != '\\';
      switch (c) {
        case '\'' -> singleQuoted(word);
        case '"' -> doubleQuoted(word);
        case '\\' -> escaped(word);
        default -> at = word.readAt(text, at);
      }
    }
    String raw = text.substring(start, at);
    if (isPlain && OPERATOR.matcher(raw).matches()) {
      throw new IllegalArgumentException(
          "'%s' is for a shell, and there is none: begin with sh: to have one, or quote it"
              .formatted(raw));
    }
    return word.build();
  }

  private void singleQuoted(Text.Builder word) {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      throw unclosed("'", at);
    }
    text.substring(at + 1, end).chars().forEach(c -> word.add((char) c));
    at = end + 1;
  }

  private void doubleQuoted(Text.Builder word) {
    int start = at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) != '\\') {
        at = word.readAt(text, at);
      } else if (at + 1 < text.length() && "\"\\$`\n".indexOf(text.charAt(at + 1)) >= 0) {
        escaped(word);
      } else {
        word.add('\\');
        at++;
      }
    }
    if (at >= text.length()) {
      throw unclosed("\"", start);
    }
    at++;
  }

  /** A backslash and what it protects; a protected line end is none at all. */
  private void escaped(Text.Builder word) {
    if (at + 1 >= text.length()) {
      throw new IllegalArgumentException(
          "it ends with a backslash that nothing follows: double it, or leave it out");
    }
    char c = text.charAt(at + 1);
    if (c != '\n') {
      word.add(c);
    }
    at += 2;
  }

  private static IllegalArgumentException unclosed(String quote, int position) {
    return new IllegalArgumentException(
        "the %s at character %d is never closed".formatted(quote, position + 1));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}

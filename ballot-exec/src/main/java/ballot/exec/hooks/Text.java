package ballot.exec.hooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A text in which variables may stand: <code>${NAME}</code> and <code>${NAME:-default}</code>. */
record Text(List<Piece> pieces) {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  Text {
    pieces = List.copyOf(pieces);
  }

  /** A part of it. */
  sealed interface Piece {}

  /** What stands for itself. */
  record Literal(String text) implements Piece {}

  /**
   * A variable.
   *
   * @param fallback what stands there when it is unset or empty; null if that is an error
   */
  record Variable(String name, @Nullable String fallback) implements Piece {}

  /** A text without quotes. */
  static Text of(String text) {
    Builder builder = new Builder();
    for (int at = 0; at < text.length(); ) {
      at = builder.readAt(text, at);
    }
    return builder.build();
  }

  static Text literal(String text) {
    return new Text(List.of(new Literal(text)));
  }

  /**
   * The variables that must be set.
   *
   * @return their names
   */
  Stream<String> needed() {
    return pieces.stream()
        .flatMap(
            piece ->
                piece instanceof Variable variable && variable.fallback() == null
                    ? Stream.of(variable.name())
                    : Stream.empty());
  }

  /** Whether it says the same whatever the values of those variables. */
  boolean isFixed(Predicate<String> changes) {
    return pieces.stream()
        .noneMatch(piece -> piece instanceof Variable variable && changes.test(variable.name()));
  }

  /**
   * The text with the values in it.
   *
   * @param escape what is done to each value
   */
  String with(Map<String, String> values, UnaryOperator<String> escape) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(
          switch (piece) {
            case Literal literal -> literal.text();
            case Variable variable -> escape.apply(value(variable, values));
          });
    }
    return text.toString();
  }

  private static String value(Variable variable, Map<String, String> values) {
    String value = values.getOrDefault(variable.name(), "");
    return value.isEmpty() ? Optional.ofNullable(variable.fallback()).orElse("") : value;
  }

  /** Collects pieces. */
  static final class Builder {
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    void add(char c) {
      literal.append(c);
    }

    /**
     * Reads a variable or, where there is none, a character.
     *
     * @return where to go on
     */
    int readAt(String text, int at) {
      Matcher reference = REFERENCE.matcher(text).region(at, text.length());
      if (text.charAt(at) != '$' || !reference.lookingAt()) {
        add(text.charAt(at));
        return at + 1;
      }
      flush();
      pieces.add(new Variable(reference.group(1), reference.group(2)));
      return reference.end();
    }

    Text build() {
      flush();
      return new Text(pieces);
    }

    private void flush() {
      if (!literal.isEmpty()) {
        pieces.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
    }
  }
}

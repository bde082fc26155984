package ballot.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user can set: its name, what values it takes, what it is for.
 *
 * <p>The name is dotted, such as {@code consul.address}. From it follow the option {@code
 * --consul-address}, the variable {@code BALLOT_CONSUL_ADDRESS} and the place {@code consul:
 * {address: …}} in a file. A secret has no option that takes its value.
 *
 * <p>Immutable: every {@code with…} method returns another setting.
 *
 * @param <T> what a value is once read
 */
public final class Setting<T> {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

  private final String name;
  private final Kind kind;
  private final Function<String, T> reader;
  private final List<String> allowed;
  private final String help;
  private final @Nullable String defaultText;
  private final boolean secret;
  private final List<String> variables;

  /** How values look to a person, and how an option for them behaves. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A whole number. */
    NUMBER,
    /** {@code true} or {@code false}; as an option it needs no value. */
    SWITCH,
    /** {@link Durations}. */
    DURATION,
    /** Several texts: repeated, or separated by commas. */
    LIST,
    /** A file or folder. */
    PATH,
    /** One of {@link Setting#allowed()}. */
    CHOICE
  }

  private Setting(
      String name,
      Kind kind,
      Function<String, T> reader,
      List<String> allowed,
      String help,
      @Nullable String defaultText,
      boolean secret,
      List<String> variables) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name for a setting: " + name);
    }
    this.name = name;
    this.kind = kind;
    this.reader = reader;
    this.allowed = List.copyOf(allowed);
    this.help = help;
    this.defaultText = defaultText;
    this.secret = secret;
    this.variables = List.copyOf(variables);
  }

  private static <T> Setting<T> of(
      String name, Kind kind, Function<String, T> reader, List<String> allowed, String help) {
    return new Setting<>(name, kind, reader, allowed, help, null, false, List.of());
  }

  /** Any text that is not empty. */
  public static Setting<String> text(String name, String help) {
    return of(name, Kind.TEXT, Function.identity(), List.of(), help);
  }

  /** A whole number in a range, both ends included. */
  public static Setting<Long> number(String name, long least, long most, String help) {
    return of(name, Kind.NUMBER, text -> readNumber(text, least, most), List.of(), help);
  }

  /** On or off. */
  public static Setting<Boolean> onOff(String name, String help) {
    return of(name, Kind.SWITCH, Setting::readSwitch, List.of("true", "false"), help);
  }

  /** A duration that is not negative. */
  public static Setting<Duration> duration(String name, String help) {
    return of(name, Kind.DURATION, Durations::parse, List.of(), help);
  }

  /** A list of texts. */
  public static Setting<List<String>> list(String name, String help) {
    return of(name, Kind.LIST, Setting::readList, List.of(), help);
  }

  /** A path; {@code ~/} at its beginning is the home folder of the user. */
  public static Setting<Path> path(String name, String help) {
    return of(name, Kind.PATH, Setting::readPath, List.of(), help);
  }

  /** One of a few words; case does not matter. */
  public static Setting<String> choice(String name, List<String> allowed, String help) {
    return of(name, Kind.CHOICE, text -> readChoice(text, allowed), allowed, help);
  }

  /** The same setting with a default, written as a user would write it. */
  public Setting<T> withDefault(String text) {
    T unused = reader.apply(text); // an unreadable default fails here, not at its first use
    return new Setting<>(name, kind, reader, allowed, help, text, secret, variables);
  }

  /**
   * The same setting, whose value must never be shown or logged and which no option takes: it comes
   * from a file or the environment.
   */
  public Setting<T> asSecret() {
    return new Setting<>(name, kind, reader, allowed, help, defaultText, true, variables);
  }

  /** The same setting, also read from further variables of the environment, the first one first. */
  public Setting<T> withVariables(String... names) {
    return new Setting<>(
        name, kind, reader, allowed, help, defaultText, secret, Arrays.asList(names));
  }

  /** The same setting with a further condition on its values. */
  public Setting<T> withCheck(Function<T, Optional<String>> complaint) {
    Function<String, T> checked =
        text -> {
          T value = reader.apply(text);
          complaint
              .apply(value)
              .ifPresent(
                  message -> {
                    throw new IllegalArgumentException(message);
                  });
          return value;
        };
    return new Setting<>(name, kind, checked, allowed, help, defaultText, secret, variables);
  }

  /** The dotted name. */
  public String name() {
    return name;
  }

  /** How values look. */
  public Kind kind() {
    return kind;
  }

  /** The words that are allowed, if only some are. */
  public List<String> allowed() {
    return allowed;
  }

  /** One or two sentences for people, without the default. */
  public String help() {
    return help;
  }

  /** The default as a user would write it. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** Whether the value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  /** The option, such as {@code --consul-address}. */
  public String option() {
    return "--" + name.replace('.', '-');
  }

  /** The variable, such as {@code BALLOT_CONSUL_ADDRESS}. */
  public String variable() {
    return "BALLOT_" + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Further variables that are read when {@link #variable()} is not set. */
  public List<String> variables() {
    return variables;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException saying what is allowed; the message repeats the value unless
   *     the setting is secret
   */
  public T read(String text) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      if (secret) {
        throw new IllegalArgumentException("the value cannot be used (it is not shown: a secret)");
      }
      throw wrong;
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static Long readNumber(String text, long least, long most) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a whole number from " + least + " to " + most);
  }

  private static Boolean readSwitch(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    };
  }

  private static List<String> readList(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toList();
  }

  private static Path readPath(String text) {
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }

  private static String readChoice(String text, List<String> allowed) {
    return allowed.stream()
        .filter(word -> word.equalsIgnoreCase(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is not one of "
                        + allowed.stream().collect(Collectors.joining(", "))));
  }
}

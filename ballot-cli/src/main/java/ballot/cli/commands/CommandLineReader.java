package ballot.cli.commands;

import ballot.api.Nearest;
import ballot.api.Setting;
import ballot.cli.process.OneLine;
import ballot.cli.process.Refusal;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.Given;
import ballot.cli.settings.KnownSetting;
import ballot.cli.settings.Origin;
import ballot.cli.settings.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a command line apart: options, which may stand before, between and after the words of the
 * command, those words, and what is left for the command that is to be run.
 *
 * <p>Not done by picocli, whose classes cost more time than everything else of a start together;
 * picocli renders the help, from the same list of settings, and a test holds the two together.
 */
public final class CommandLineReader {

  private static final String SEPARATOR = "--";

  /** The short options and what they stand for. */
  static final Map<String, String> SHORT = Map.of("-o", "--output");

  private final Catalogue catalogue;
  private final Map<String, Given> options = new HashMap<>();
  private final List<Used> used = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private String words = "";
  private boolean help;
  private boolean version;
  private boolean afterBareSwitch;

  private record Used(KnownSetting setting, String spelling) {}

  CommandLineReader(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * What a command line says.
   *
   * @param verb the command; nothing when none was given
   * @param options by the names of their settings
   * @param rest the command to be run, or the words to be explained
   */
  public record Words(
      Optional<Verb> verb,
      boolean help,
      boolean version,
      Map<String, Given> options,
      List<String> rest) {}

  /**
   * Reads a command line.
   *
   * @throws Refusal naming the word that is wrong, what is allowed and the nearest that is
   */
  Words read(List<String> arguments) {
    ListIterator<String> line = arguments.listIterator();
    while (line.hasNext()) {
      String argument = line.next();
      boolean bareSwitch = false;
      if (argument.equals(SEPARATOR)) {
        line.forEachRemaining(rest::add);
        Verb.of(words).filter(verb -> !verb.takesCommand()).ifPresent(this::refuseArguments);
      } else if (argument.startsWith("-") && argument.length() > 1) {
        bareSwitch = option(argument, line);
      } else if (!word(argument, line)) {
        line.forEachRemaining(rest::add);
      }
      afterBareSwitch = bareSwitch;
    }
    Optional<Verb> verb = Verb.of(words);
    if (!help && !version) {
      verb.ifPresent(this::refuseWhatIsNotThere);
      verb.ifPresent(this::refuseStrangers);
    }
    return new Words(verb, help, version, Map.copyOf(options), List.copyOf(rest));
  }

  /** What was read before the first mistake: to find the file and the plugins with. */
  Words readAsFarAsPossible(List<String> arguments) {
    try {
      return read(arguments);
    } catch (Refusal toldByTheReaderThatKnowsAllPlugins) {
      return new Words(Verb.of(words), help, version, Map.copyOf(options), List.of());
    }
  }

  /** Takes a word; false when it begins the command to be run. */
  private boolean word(String word, Iterator<String> line) {
    String longer = words.isEmpty() ? word : words + " " + word;
    Optional<Verb> verb = Verb.of(words);
    if (Verb.isGroup(words) || words.isEmpty()) {
      if (Verb.of(longer).isEmpty() && !Verb.isGroup(longer)) {
        throw unknownWord(word);
      }
      words = longer;
      if (!Verb.isGroup(words)) {
        Verb.of(words).ifPresent(this::refuseWhatIsNotThere);
      }
      return true;
    }
    if (verb.isPresent() && verb.get() == Verb.HELP) {
      rest.add(word);
      return true;
    }
    if (verb.isPresent() && verb.get().takesCommand()) {
      rest.add(word);
      line.forEachRemaining(rest::add);
      refuseValueOfSwitch(word);
      return false;
    }
    throw noArguments(word);
  }

  private void refuseArguments(Verb verb) {
    if (!rest.isEmpty() && verb != Verb.HELP) {
      throw noArguments(rest.getFirst());
    }
  }

  private Refusal noArguments(String word) {
    String shown = OneLine.of(word);
    String meant =
        words.equals(Verb.RUN.words())
            ? "; 'ballot run once -- %s' runs a command".formatted(shown)
            : "";
    return Refusal.usage(
        "'%s' takes no arguments but options: '%s'%s".formatted(words, shown, meant));
  }

  /** {@code --debug true -- cmd} would run a command named true. */
  private void refuseValueOfSwitch(String word) {
    boolean looksLikeValue = word.equals("true") || word.equals("false");
    if (afterBareSwitch && looksLikeValue && rest.contains(SEPARATOR)) {
      throw Refusal.usage(
          "'%s' stands where the command begins: write a switch's value as --switch=%s"
              .formatted(word, word));
    }
  }

  private Refusal unknownWord(String word) {
    String shown = OneLine.of(word);
    Optional<String> nearest = Nearest.to(word, Verb.after(words));
    if (words.equals("run") && nearest.isEmpty()) {
      return Refusal.usage(
          "unknown command 'run %s': write 'ballot run once -- %s' to run a command"
              .formatted(shown, shown));
    }
    String full = words.isEmpty() ? shown : words + " " + shown;
    String known = String.join(", ", Verb.after(words).toList());
    return Refusal.usage(
        "unknown command '%s'%s"
            .formatted(
                full,
                nearest
                    .map(name -> ", did you mean '" + name + "'?")
                    .orElse(" (there are " + known + ")")));
  }

  /** Takes an option; true when it was a switch without a value. */
  private boolean option(String argument, ListIterator<String> line) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    Optional<String> attached =
        equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
    if (!name.startsWith("--") && name.length() > 2 && SHORT.containsKey(name.substring(0, 2))) {
      attached = Optional.of(argument.substring(equals == 2 ? 3 : 2));
      name = name.substring(0, 2);
    }
    switch (name) {
      case "-h", "--help" -> help = true;
      case "-V", "--version" -> version = true;
      default -> {
        return take(name, attached, line);
      }
    }
    return false;
  }

  private boolean take(String name, Optional<String> attached, ListIterator<String> line) {
    KnownSetting known =
        catalogue.byOption(SHORT.getOrDefault(name, name)).orElseThrow(() -> unknownOption(name));
    if (known.setting().isSecret()) {
      throw secret(known, name);
    }
    boolean isSwitch = known.setting().kind() == Setting.Kind.SWITCH;
    String value = attached.orElseGet(() -> isSwitch ? "true" : following(known, name, line));
    if (value.isBlank()) {
      throw Refusal.usage(name + " needs a value" + allowed(known));
    }
    put(known, name, value);
    return isSwitch && attached.isEmpty();
  }

  private String following(KnownSetting known, String name, ListIterator<String> line) {
    String value = line.hasNext() ? line.next() : SEPARATOR;
    if (value.equals(SEPARATOR) || isOption(value)) {
      throw Refusal.usage(name + " needs a value" + allowed(known));
    }
    return value;
  }

  private boolean isOption(String word) {
    int equals = word.indexOf('=');
    return catalogue.byOption(equals < 0 ? word : word.substring(0, equals)).isPresent();
  }

  private static String allowed(KnownSetting known) {
    List<String> allowed = known.setting().allowed();
    return allowed.isEmpty() ? "" : ": one of " + String.join(", ", allowed);
  }

  private void put(KnownSetting known, String spelling, String value) {
    used.add(new Used(known, spelling));
    Given given = new Given(value, new Origin.Option(spelling));
    Given earlier = options.put(known.name(), given);
    if (earlier == null) {
      return;
    }
    if (known.setting().kind() == Setting.Kind.LIST) {
      options.put(known.name(), new Given(earlier.text() + "," + value, given.origin()));
    } else if (!earlier.origin().equals(given.origin()) && !earlier.text().equals(value)) {
      throw Refusal.usage(
          "%s and %s mean the same thing and contradict each other: leave one out"
              .formatted(earlier.origin().describe(), spelling));
    }
  }

  private Refusal secret(KnownSetting known, String option) {
    String file = known.options().getFirst() + "-file";
    return Refusal.usage(
        "%s is a secret, and process lists show options: set %s, or %s in a file%s"
            .formatted(
                option,
                known.setting().variable(),
                known.name(),
                catalogue.byOption(file).isPresent() ? ", or " + file : ""));
  }

  private Refusal unknownOption(String name) {
    Stream<String> known =
        Stream.concat(catalogue.options(), Stream.of("--help", "--version", "--output"));
    String help = Verb.of(words).map(verb -> " " + verb.words()).orElse("");
    return Refusal.usage(
        "unknown option '%s'%s ('ballot help%s' lists all)"
            .formatted(OneLine.of(name), Nearest.suggestion(name, known), help));
  }

  private void refuseWhatIsNotThere(Verb verb) {
    if (!verb.isThere()) {
      throw Refusal.usage("'%s' is not in this version".formatted(verb.words()));
    }
  }

  private void refuseStrangers(Verb verb) {
    for (Used option : used) {
      KnownSetting known = option.setting();
      if (known.isLater() && !(known.scope() instanceof Scope.Backend)) {
        throw Refusal.usage(option.spelling() + " is not in this version");
      }
      if (verb == Verb.RUN && known.name().equals(GeneralSettings.ELECTION.name())) {
        throw Refusal.usage(
            option.spelling()
                + " names one election, and 'run' holds one for each service: its key stands in the"
                + " file, election.services.<name>.key");
      }
      if (verb == Verb.FENCE && !isOfFence(known)) {
        throw Refusal.usage(
            "%s means nothing to 'fence', which reads no settings and talks to no store"
                .formatted(option.spelling()));
      }
      if (known.scope() instanceof Scope.Commands commands
          && !commands.names().contains(verb.words())) {
        throw Refusal.usage(
            "%s is an option of '%s', not of '%s'"
                .formatted(option.spelling(), namesOf(commands), verb.words()));
      }
    }
  }

  /** Options of other commands are told with the names of those. */
  private static boolean isOfFence(KnownSetting known) {
    return known.scope() instanceof Scope.Commands
        || known.name().equals(GeneralSettings.DEBUG.name());
  }

  private static String namesOf(Scope.Commands commands) {
    String names =
        commands.names().stream()
            .filter(name -> Verb.of(name).filter(Verb::isThere).isPresent())
            .sorted()
            .collect(Collectors.joining("', '"));
    int last = names.lastIndexOf("', '");
    return last < 0 ? names : names.substring(0, last) + "' and '" + names.substring(last + 4);
  }
}

package ballot.cli.commands;

import ballot.api.Setting;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Terminal;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.KnownSetting;
import ballot.cli.settings.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command, laid out by picocli from the list of settings. */
final class HelpText {

  private static final int WIDEST = 100;

  private final Catalogue catalogue;
  private final Terminal terminal;

  HelpText(Catalogue catalogue, Terminal terminal) {
    this.catalogue = catalogue;
    this.terminal = terminal;
  }

  /** The text, its last line ended; of {@link Verb#HELP} it is about the whole. */
  String of(Verb verb) {
    boolean colours = terminal.stdout() && terminal.colours();
    CommandLine line = new CommandLine(specOf(verb));
    return line.getUsageMessage(colours ? Ansi.ON : Ansi.OFF);
  }

  /** The options and texts of a command, as picocli has them. */
  CommandSpec specOf(Verb verb) {
    return switch (verb) {
      case RUN_ONCE -> runOnce();
      case INFO -> info();
      case PLUGINS -> plugins();
      default -> overview();
    };
  }

  private CommandSpec overview() {
    CommandSpec spec = spec("ballot", HelpPages.OVERVIEW);
    spec.usageMessage().customSynopsis("ballot COMMAND [OPTION…] [-- CMD ARG…]");
    for (Verb verb : Verb.values()) {
      if (verb.isThere()) {
        CommandSpec sub = CommandSpec.create();
        sub.usageMessage().description(verb.summary());
        spec.addSubcommand(verb.words(), new CommandLine(sub));
      }
    }
    spec.usageMessage().commandListHeading("%nCommands:%n");
    return spec;
  }

  private CommandSpec runOnce() {
    CommandSpec spec = spec("run once", HelpPages.RUN_ONCE);
    spec.usageMessage().customSynopsis("ballot run once [OPTION…] [--] CMD [ARG…]");
    addGroup(spec, "%nWhat to do when:%n", known -> isOf(known, Verb.RUN_ONCE));
    addCommon(spec);
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("1..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .hidden(true)
            .build());
    return spec;
  }

  private CommandSpec info() {
    CommandSpec spec = spec("info", HelpPages.INFO);
    spec.usageMessage().customSynopsis("ballot info [OPTION…]");
    addGroup(spec, "%nHow to report:%n", known -> isOf(known, Verb.INFO));
    addCommon(spec);
    return spec;
  }

  private CommandSpec plugins() {
    CommandSpec spec = spec("plugins", HelpPages.PLUGINS);
    spec.usageMessage().customSynopsis("ballot plugins [OPTION…]");
    addGroup(spec, "%nHow to report:%n", known -> isOf(known, Verb.PLUGINS));
    addGroup(spec, "%nOf every command:%n", known -> known.scope() instanceof Scope.General);
    return spec;
  }

  private CommandSpec spec(String name, HelpPages page) {
    CommandSpec spec = CommandSpec.create().name(name);
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(Math.min(terminal.columns(), WIDEST));
    usage.description(page.description());
    usage.descriptionHeading("%n");
    usage.sortOptions(false);
    usage.sortSynopsis(false);
    usage.exitCodeListHeading("%nExit status:%n");
    usage.exitCodeList(exitCodes(page));
    usage.footer(footer(page));
    return spec;
  }

  private static Map<String, String> exitCodes(HelpPages page) {
    Map<String, String> codes = new LinkedHashMap<>();
    page.ownStatus().ifPresent(meaning -> codes.put("0-255", meaning));
    for (ExitCode code : page.exitCodes()) {
      codes.put(Integer.toString(code.status()), code.meaning());
    }
    return codes;
  }

  private String[] footer(HelpPages page) {
    return page.footer(secrets()).toArray(String[]::new);
  }

  private List<String> secrets() {
    return catalogue.all().stream()
        .filter(known -> known.setting().isSecret())
        .map(known -> known.name() + " (" + known.setting().variable() + ")")
        .toList();
  }

  private static boolean isOf(KnownSetting known, Verb verb) {
    return known.scope() instanceof Scope.Commands commands
        && commands.names().contains(verb.words());
  }

  private void addCommon(CommandSpec spec) {
    addGroup(
        spec,
        "%nWhich election, and how to tell of it:%n",
        known -> known.scope() instanceof Scope.General);
    catalogue.all().stream()
        .map(KnownSetting::scope)
        .filter(Scope.Backend.class::isInstance)
        .distinct()
        .forEach(
            scope ->
                addGroup(
                    spec,
                    "%nOf backend " + ((Scope.Backend) scope).name() + ":%n",
                    known -> known.scope().equals(scope)));
  }

  private void addGroup(CommandSpec spec, String heading, Predicate<KnownSetting> member) {
    List<KnownSetting> members =
        catalogue.all().stream()
            .filter(known -> !known.isLater() && !known.setting().isSecret())
            .filter(member)
            .toList();
    if (members.isEmpty()) {
      return;
    }
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).exclusive(false).heading(heading);
    members.forEach(known -> group.addArg(option(known)));
    spec.addArgGroup(group.build());
  }

  private static OptionSpec option(KnownSetting known) {
    Setting<?> setting = known.setting();
    OptionSpec.Builder option =
        OptionSpec.builder(names(known))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(description(setting).replace("%", "%%"));
    if (setting.kind() == Setting.Kind.SWITCH) {
      option.arity("0..1").fallbackValue("true").paramLabel("").hideParamSyntax(true);
    } else {
      option.arity("1").paramLabel(label(setting)).hideParamSyntax(true);
    }
    return option.build();
  }

  private static String[] names(KnownSetting known) {
    List<String> options = known.options();
    return (options.contains("--output") ? concat("-o", options) : options).toArray(String[]::new);
  }

  private static List<String> concat(String first, List<String> others) {
    return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), others.stream())
        .toList();
  }

  private static String label(Setting<?> setting) {
    return switch (setting.kind()) {
      case TEXT -> "=TEXT";
      case NUMBER -> "=N";
      case SWITCH -> "";
      case DURATION -> "=TIME";
      case LIST -> "=A,B";
      case PATH -> "=PATH";
      case CHOICE -> "=WORD";
    };
  }

  private static String description(Setting<?> setting) {
    String allowed =
        setting.kind() == Setting.Kind.CHOICE
            ? " One of " + String.join(", ", setting.allowed()) + "."
            : "";
    return setting.help()
        + allowed
        + setting.defaultText().map(text -> " [" + text + "]").orElse("");
  }
}

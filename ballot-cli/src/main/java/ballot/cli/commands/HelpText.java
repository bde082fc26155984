package ballot.cli.commands;

import ballot.api.Setting;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Terminal;
import ballot.cli.render.Table;
import ballot.cli.settings.Catalogue;
import ballot.cli.settings.CronSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.KnownSetting;
import ballot.cli.settings.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

  /** What picocli leaves before the text about an option, and a column after it. */
  private static final int BEFORE_DESCRIPTION = 30;

  private final Catalogue catalogue;
  private final Ansi ansi;
  private final int width;

  HelpText(Catalogue catalogue, Terminal terminal) {
    this.catalogue = catalogue;
    this.ansi = terminal.stdout() && terminal.colours() ? Ansi.ON : Ansi.OFF;
    this.width = Math.min(terminal.columns(), WIDEST);
  }

  /** The text, its last line ended; of {@link Verb#HELP} it is about the whole. */
  String of(Verb verb) {
    return new CommandLine(specOf(verb)).getUsageMessage(ansi);
  }

  /** The options and texts of a command, as picocli has them. */
  CommandSpec specOf(Verb verb) {
    return switch (verb) {
      case RUN_ONCE -> {
        CommandSpec spec = spec(verb, HelpPage.RUN_ONCE);
        addGroup(spec, "What to run, and what to do when:", known -> isOf(known, verb));
        addCommon(spec);
        yield spec.addPositional(command());
      }
      case RUN_CRON -> {
        CommandSpec spec = spec(verb, HelpPage.RUN_CRON);
        addGroup(spec, "When to run:", HelpText::isOfSchedules);
        addGroup(
            spec,
            "What to do when:",
            known ->
                isOf(known, verb)
                    && !isOfSchedules(known)
                    && !known.name().equals(GeneralSettings.OUTPUT.name()));
        addCommon(spec);
        yield spec.addPositional(command());
      }
      case RUN -> {
        CommandSpec spec = spec(verb, HelpPage.RUN);
        addGroup(spec, "Who stands:", known -> isOf(known, verb));
        addGroup(spec, "Where to stand, and how to tell of it:", HelpText::isOfMany);
        addBackends(spec);
        yield spec;
      }
      case FENCE -> {
        CommandSpec spec = spec(verb, HelpPage.FENCE);
        addGroup(spec, "What may run:", known -> isOf(known, verb));
        addGroup(
            spec, "Of every command:", known -> known.name().equals(GeneralSettings.DEBUG.name()));
        yield spec.addPositional(command());
      }
      case INFO -> {
        CommandSpec spec = spec(verb, HelpPage.INFO);
        addGroup(spec, "How to report:", known -> isOf(known, verb));
        addCommon(spec);
        yield spec;
      }
      case PLUGINS -> {
        CommandSpec spec = spec(verb, HelpPage.PLUGINS);
        addGroup(spec, "How to report:", known -> isOf(known, verb));
        addGroup(spec, "Of every command:", HelpText::isGeneral);
        yield spec;
      }
      default -> overview();
    };
  }

  private CommandSpec overview() {
    CommandSpec spec = spec(Verb.HELP, HelpPage.OVERVIEW);
    for (Verb verb : Verb.values()) {
      if (verb.isThere()) {
        CommandSpec command = CommandSpec.create();
        command.usageMessage().description(verb.summary());
        spec.addSubcommand(verb.words(), new CommandLine(command));
      }
    }
    spec.usageMessage().commandListHeading("%nCommands:%n");
    return spec;
  }

  private CommandSpec spec(Verb verb, HelpPage page) {
    CommandSpec spec = CommandSpec.create().name(verb.words());
    UsageMessageSpec usage = spec.usageMessage();
    usage.width(width);
    usage.customSynopsis(page.synopsis());
    usage.descriptionHeading("%n");
    usage.description(wrapped(page.description(), width - 1));
    usage.sortOptions(false);
    usage.exitCodeListHeading("%nExit status:%n");
    usage.exitCodeList(exitCodes(verb, page));
    usage.footer(
        new HelpFooter(catalogue, width)
            .of(verb, page).stream().map(HelpText::literal).toArray(String[]::new));
    return spec;
  }

  private static Map<String, String> exitCodes(Verb verb, HelpPage page) {
    Map<String, String> codes = new LinkedHashMap<>();
    if (verb.isElected()) {
      codes.put("0-255", "CMD's own, where a policy says exit; 128+n for signal n");
    } else if (verb.takesCommand()) {
      codes.put("0-255", "CMD's own; 128+n for signal n");
    }
    for (ExitCode code : page.exitCodes()) {
      String meaning = verb == Verb.FENCE ? HelpPage.ofFence(code) : code.meaning();
      codes.put(Integer.toString(code.status()), meaning);
    }
    return codes;
  }

  /** Picocli would break lines within names that have dots. */
  private static String[] wrapped(String text, int width) {
    return Table.wrapped(text, width).stream().map(HelpText::literal).toArray(String[]::new);
  }

  /** Picocli formats texts and looks for its own marks in them. */
  private static String literal(String text) {
    return text.replace("%", "%%").replace("@|", "@\u200b|");
  }

  private static boolean isOf(KnownSetting known, Verb verb) {
    return known.scope() instanceof Scope.Commands commands
        && commands.names().contains(verb.words());
  }

  private static boolean isOfSchedules(KnownSetting known) {
    return known.scope() instanceof Scope.Commands commands
        && (commands.names().equals(Set.of(Verb.RUN_CRON.words()))
            || known.name().equals(GeneralSettings.OUTPUT.name())
                && commands.names().contains(Verb.RUN_CRON.words()));
  }

  private static boolean isGeneral(KnownSetting known) {
    return known.scope() instanceof Scope.General;
  }

  /** General, but not about one election. */
  private static boolean isOfMany(KnownSetting known) {
    return isGeneral(known) && !known.name().equals(GeneralSettings.ELECTION.name());
  }

  private void addCommon(CommandSpec spec) {
    addGroup(spec, "Which election, and how to tell of it:", HelpText::isGeneral);
    addBackends(spec);
  }

  private void addBackends(CommandSpec spec) {
    catalogue.all().stream()
        .map(KnownSetting::scope)
        .distinct()
        .forEach(
            scope -> {
              if (scope instanceof Scope.Backend backend) {
                String heading = "Of backend " + backend.name() + ":";
                addGroup(spec, heading, known -> known.scope().equals(scope));
              }
            });
  }

  private void addGroup(CommandSpec spec, String heading, Predicate<KnownSetting> member) {
    List<KnownSetting> members =
        catalogue.all().stream()
            .filter(known -> !known.isLater() && !known.setting().isSecret())
            .filter(member)
            .toList();
    if (!members.isEmpty()) {
      ArgGroupSpec.Builder group = ArgGroupSpec.builder();
      group.validate(false).exclusive(false).heading("%n" + heading + "%n");
      members.forEach(known -> group.addArg(option(known, spec.name())));
      spec.addArgGroup(group.build());
    }
  }

  private OptionSpec option(KnownSetting known, String command) {
    Setting<?> setting = known.setting();
    OptionSpec.Builder option = OptionSpec.builder(names(known));
    option.type(List.class).auxiliaryTypes(String.class).paramLabel(label(setting));
    option.description(wrapped(about(setting, command), width - BEFORE_DESCRIPTION));
    if (setting.kind() == Setting.Kind.SWITCH) {
      option.arity("0..1").fallbackValue("true");
    } else {
      option.arity("1");
    }
    return option.build();
  }

  private static String[] names(KnownSetting known) {
    Stream<String> shorts =
        CommandLineReader.SHORT.entrySet().stream()
            .filter(entry -> known.options().contains(entry.getValue()))
            .map(Map.Entry::getKey);
    return Stream.concat(shorts, known.options().stream()).toArray(String[]::new);
  }

  private static PositionalParamSpec command() {
    return PositionalParamSpec.builder()
        .index("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .hidden(true)
        .build();
  }

  private static String label(Setting<?> setting) {
    return switch (setting.kind()) {
      case TEXT -> "TEXT";
      case NUMBER -> "N";
      case SWITCH -> "false";
      case DURATION -> "TIME";
      case LIST -> "A,B";
      case PATH -> "PATH";
      case CHOICE -> "WORD";
    };
  }

  private static String about(Setting<?> setting, String command) {
    String allowed =
        setting.kind() == Setting.Kind.CHOICE
            ? " One of " + String.join(", ", setting.allowed()) + "."
            : "";
    Optional<String> own =
        command.equals(Verb.RUN_CRON.words()) ? CronSettings.ownDefault(setting) : Optional.empty();
    String standard = own.or(setting::defaultText).map(text -> " [" + text + "]").orElse("");
    return setting.help() + allowed + standard;
  }
}

package ballot.cli.commands;

import ballot.api.Nearest;
import ballot.cli.process.ExitCode;
import ballot.cli.process.OneLine;
import ballot.cli.process.Printer;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.Catalogue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code ballot help}, {@code --help} and {@code --version}. */
public final class HelpCommand {

  private final Surroundings here;
  private final Catalogue catalogue;

  /** With the settings that there are. */
  public HelpCommand(Surroundings here, Catalogue catalogue) {
    this.here = here;
    this.catalogue = catalogue;
  }

  /** Prints which ballot this is. */
  public int version() {
    String version = HelpCommand.class.getPackage().getImplementationVersion();
    print(
        "ballot %s (Java %s)\n"
            .formatted(
                version == null ? "not packaged" : version, System.getProperty("java.version")));
    return ExitCode.SUCCESS.status();
  }

  /** Explains the command of these words, or the whole. */
  public int explain(List<String> words) {
    String name = String.join(" ", words);
    Optional<Verb> verb = Verb.of(name);
    if (verb.isEmpty() && !name.isEmpty()) {
      throw Refusal.usage(
          "unknown command '%s'%s ('ballot help' lists all)"
              .formatted(
                  OneLine.of(name),
                  Nearest.suggestion(name, Arrays.stream(Verb.values()).map(Verb::words))));
    }
    return explain(verb);
  }

  /** Explains a command, or the whole. */
  public int explain(Optional<Verb> verb) {
    if (verb.isPresent() && !verb.get().isThere()) {
      throw Refusal.usage("'%s' is not in this version".formatted(verb.get().words()));
    }
    print(new HelpText(catalogue, here.terminal()).of(verb.orElse(Verb.HELP)));
    return ExitCode.SUCCESS.status();
  }

  private void print(String text) {
    new Printer(here.stdout()).print(text);
  }
}

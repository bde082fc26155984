package ballot.cli;

import ballot.cli.commands.Command;
import ballot.cli.commands.CommandLineReader.Words;
import ballot.cli.commands.FenceCommand;
import ballot.cli.commands.HelpCommand;
import ballot.cli.commands.InfoCommand;
import ballot.cli.commands.PluginsCommand;
import ballot.cli.commands.RunCommand;
import ballot.cli.commands.RunCronCommand;
import ballot.cli.commands.RunOnceCommand;
import ballot.cli.commands.Start;
import ballot.cli.commands.StartReader;
import ballot.cli.commands.Verb;
import ballot.cli.fence.RunFenced;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.run.RunOnce;
import ballot.cli.services.RunServices;
import java.util.List;

/**
 * One run of the program: reads what was asked for, does it, and turns what goes wrong into a line.
 */
final class Program {

  private final Surroundings here;
  private final RunOnce runner;
  private final RunServices services;
  private final RunFenced fence;

  Program(Surroundings here, RunOnce runner, RunServices services, RunFenced fence) {
    this.here = here;
    this.runner = runner;
    this.services = services;
    this.fence = fence;
  }

  /** The thread's top: whatever is thrown ends here. */
  @SuppressWarnings("CatchingUnchecked")
  int run(List<String> arguments) {
    StartReader reader = new StartReader(here);
    try {
      return call(reader, arguments);
    } catch (Throwable thrown) {
      return new Ending(here, reader).of(thrown);
    }
  }

  private int call(StartReader reader, List<String> arguments) throws Exception {
    Words words = reader.words(arguments);
    if (words.version()) {
      return new HelpCommand(here, reader.catalogue()).version();
    }
    if (words.help()) {
      return new HelpCommand(here, reader.catalogue()).explain(words.verb());
    }
    Verb verb =
        words
            .verb()
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "no command given: try 'ballot run once -- CMD ARG…', 'ballot info' or"
                            + " 'ballot help'"));
    return switch (verb) {
      case HELP -> new HelpCommand(here, reader.catalogue()).explain(words.rest());
      case FENCE -> new FenceCommand(here, fence).call(words);
      default -> command(verb, arguments).call(reader.start());
    };
  }

  private Start readAnew(List<String> arguments) {
    StartReader reader = new StartReader(here);
    var unused = reader.words(arguments);
    return reader.start();
  }

  private Command command(Verb verb, List<String> arguments) {
    return switch (verb) {
      case RUN -> new RunCommand(here, services, () -> readAnew(arguments));
      case RUN_ONCE -> new RunOnceCommand(here, runner);
      case RUN_CRON -> new RunCronCommand(here, runner);
      case INFO -> new InfoCommand(here);
      case PLUGINS -> new PluginsCommand(here);
      case HELP, FENCE -> throw new IllegalStateException(verb + " starts from no settings");
      case WATCH, RESIGN, DOCTOR, PAUSE, RESUME -> throw notHere(verb);
      case CONFIG_CHECK, CONFIG_SHOW, COMPLETION -> throw notHere(verb);
    };
  }

  private static IllegalStateException notHere(Verb verb) {
    return new IllegalStateException(verb + " was not refused");
  }
}

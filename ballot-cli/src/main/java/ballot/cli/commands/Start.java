package ballot.cli.commands;

import ballot.cli.plugins.Plugins;
import ballot.cli.process.Redaction;
import ballot.cli.process.Warnings;
import ballot.cli.settings.EffectiveSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a command starts from.
 *
 * @param settings the effective settings
 * @param plugins the backends that were found
 * @param arguments what follows the options
 * @param file the file of settings that was read
 * @param warnings what a person should know about the settings
 * @param redaction takes out secrets
 */
public record Start(
    EffectiveSettings settings,
    Plugins plugins,
    List<String> arguments,
    Optional<Path> file,
    Warnings warnings,
    Redaction redaction) {

  /** Copies the arguments. */
  public Start {
    arguments = List.copyOf(arguments);
  }
}

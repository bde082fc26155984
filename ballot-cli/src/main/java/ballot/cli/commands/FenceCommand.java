package ballot.cli.commands;

import ballot.api.Setting;
import ballot.cli.commands.CommandLineReader.Words;
import ballot.cli.fence.FenceRequest;
import ballot.cli.fence.RunFenced;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.settings.FenceSettings;
import ballot.cli.settings.Given;
import ballot.cli.settings.RunOnceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ballot fence}: checks what was asked for and hands it over. It stands inside a command
 * that another ballot runs, so it takes nothing from a file or from variables that were meant for
 * that one, but the token.
 */
public final class FenceCommand {

  private final Surroundings here;
  private final RunFenced runner;

  /** With what runs the command. */
  public FenceCommand(Surroundings here, RunFenced runner) {
    this.here = here;
    this.runner = runner;
  }

  /** Does it, and gives back the status to end with. */
  public int call(Words words) {
    if (words.rest().isEmpty()) {
      throw Refusal.usage(
          "no command to run: write it after the options, as in 'ballot fence --file F --"
              + " ./backup'");
    }
    Path file =
        read(words, FenceSettings.FILE)
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "no file that remembers the highest token: name one that outlives restarts,"
                            + " as in 'ballot fence --file /var/lib/backup/fence -- ./backup'"));
    long token = read(words, FenceSettings.TOKEN).orElseGet(this::tokenOfTheRun);
    Optional<Duration> wait =
        read(words, RunOnceSettings.WAIT).flatMap(RunOnceSettings::longestWait);
    Map<String, String> environment = new HashMap<>(here.environment());
    environment.put(FenceSettings.TOKEN_VARIABLE, Long.toString(token));
    return runner.run(
        new FenceRequest(
            here.workingFolder().resolve(file), token, wait, words.rest(), environment));
  }

  private long tokenOfTheRun() {
    String text = here.environment().getOrDefault(FenceSettings.TOKEN_VARIABLE, "");
    if (text.isBlank()) {
      boolean isWithoutLeadership =
          here.environment().getOrDefault("BALLOT_RUN_LEADER", "").equals("false");
      throw Refusal.usage(
          isWithoutLeadership
              ? "there is no fencing token: this runs without leadership (run-anyway), so a leader"
                  + " may be at work elsewhere"
              : "there is no fencing token: say --token N, or run it inside 'ballot run once',"
                  + " which sets "
                  + FenceSettings.TOKEN_VARIABLE);
    }
    return value(FenceSettings.TOKEN, text, FenceSettings.TOKEN_VARIABLE + " in the environment");
  }

  private static <T> Optional<T> read(Words words, Setting<T> setting) {
    return Optional.ofNullable(words.options().get(setting.name()))
        .map(given -> value(setting, given));
  }

  private static <T> T value(Setting<T> setting, Given given) {
    return value(setting, given.text(), given.origin().describe());
  }

  private static <T> T value(Setting<T> setting, String text, String origin) {
    try {
      return setting.read(text);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.usage(origin + ": " + wrong.getMessage());
    }
  }
}

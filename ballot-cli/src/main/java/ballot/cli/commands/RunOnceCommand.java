package ballot.cli.commands;

import ballot.api.Setting;
import ballot.api.StoreException;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.run.RunOnce;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.RunOnceSettings;
import ballot.engine.core.Rules;
import java.util.Optional;

/** {@code ballot run once}: checks what was asked for and hands it over. */
public final class RunOnceCommand implements Command {

  private final Surroundings here;
  private final RunOnce runner;

  /** With what runs the command. */
  public RunOnceCommand(Surroundings here, RunOnce runner) {
    this.here = here;
    this.runner = runner;
  }

  @Override
  public int call(Start start) throws StoreException {
    if (start.arguments().isEmpty()) {
      throw Refusal.usage(
          "no command to run: write it after the options, as in 'ballot run once -- echo hello'");
    }
    EffectiveSettings settings = start.settings();
    settings.refuseWhatIsNotHere(Verb.RUN_ONCE.words());
    return new CommandRun(here, runner, start)
        .call(
            reaction(settings, RunOnceSettings.ON_CHILD_SUCCESS),
            reaction(settings, RunOnceSettings.ON_CHILD_ERROR),
            Optional.empty());
  }

  private static Rules.Reaction reaction(EffectiveSettings settings, Setting<String> setting) {
    return Rules.Reaction.valueOf(CommandRun.constant(settings.get(setting)));
  }
}

package ballot.cli.commands;

import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.cli.logging.Log;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.SystemLoggers;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Printer;
import ballot.cli.process.Surroundings;
import ballot.cli.render.JsonText;
import ballot.cli.render.RosterDocument;
import ballot.cli.render.RosterTable;
import ballot.cli.render.YamlText;
import ballot.cli.settings.BackendChoice;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.StoreFailures;
import java.time.Duration;
import java.time.ZoneId;

/** {@code ballot info}: what an onlooker sees of an election. */
public final class InfoCommand implements Command {

  private static final Duration BUDGET = Duration.ofSeconds(5);

  private final Surroundings here;

  /** In these surroundings. */
  public InfoCommand(Surroundings here) {
    this.here = here;
  }

  @Override
  public int call(Start start) throws StoreException {
    EffectiveSettings settings = start.settings();
    settings.refuseWhatIsNotHere(Verb.INFO.words());
    ElectionBackend backend = new BackendChoice(settings, start.plugins().backends()).backend();
    ElectionName election = new ElectionName(settings.get(GeneralSettings.ELECTION));
    try (Log log = Logs.open(here, start, false)) {
      SystemLoggers.open(log);
      start.file().ifPresent(file -> log.write(LogLevel.DEBUG, "settings are read from " + file));
      Roster roster = StoreFailures.named(settings, () -> observe(backend, settings, election));
      print(start, backend, election, roster);
      return roster.leader().isEmpty() && settings.get(GeneralSettings.EXIT_CODE)
          ? ExitCode.NO_LEADER.status()
          : ExitCode.SUCCESS.status();
    } finally {
      SystemLoggers.close();
    }
  }

  private static Roster observe(
      ElectionBackend backend, EffectiveSettings settings, ElectionName election)
      throws StoreException {
    try (ElectionStore store = backend.open(settings)) {
      return store.observe(election, BUDGET);
    }
  }

  private void print(Start start, ElectionBackend backend, ElectionName election, Roster roster) {
    String format = start.settings().find(GeneralSettings.OUTPUT).orElse("yaml");
    boolean terminal = here.terminal().stdout();
    String text =
        switch (format) {
          case "json" -> JsonText.of(new RosterDocument(ZoneId.systemDefault()).of(roster));
          case "table" ->
              new RosterTable(here.terminal().columns(), terminal && here.terminal().colours())
                  .of(election, backend.name(), roster);
          default -> YamlText.of(new RosterDocument(ZoneId.systemDefault()).of(roster));
        };
    new Printer(here.stdout()).print(start.redaction().apply(text));
  }
}

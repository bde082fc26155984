package ballot.cli.commands;

import ballot.api.ElectionBackend;
import ballot.api.ElectionName;
import ballot.api.ElectionStore;
import ballot.api.Ledger;
import ballot.api.Roster;
import ballot.api.StoreException;
import ballot.cli.cron.BookText;
import ballot.cli.cron.RunsDocument;
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
import ballot.cli.run.ElectionRun;
import ballot.cli.settings.BackendChoice;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.StoreFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      Sight sight = StoreFailures.named(settings, () -> observe(backend, settings, election));
      print(start, backend, election, sight);
      return sight.roster.leader().isEmpty() && settings.get(GeneralSettings.EXIT_CODE)
          ? ExitCode.NO_LEADER.status()
          : ExitCode.SUCCESS.status();
    } finally {
      SystemLoggers.close();
    }
  }

  /** What is seen; the runs are those of {@code run cron}, if there ever was one. */
  private record Sight(Roster roster, Optional<RunsDocument> runs) {}

  private static Sight observe(
      ElectionBackend backend, EffectiveSettings settings, ElectionName election)
      throws StoreException {
    try (ElectionStore store = backend.open(settings)) {
      Roster roster = store.observe(election, BUDGET);
      Ledger.Page page = store.readLedger(election, ElectionRun.RUNS, BUDGET);
      return page.equals(Ledger.Page.BLANK)
          ? new Sight(roster, Optional.empty())
          : sight(roster, page);
    }
  }

  private static Sight sight(Roster roster, Ledger.Page page) {
    try {
      return new Sight(
          roster,
          BookText.read(page)
              .map(book -> new RunsDocument(book, Instant.now(), ZoneId.systemDefault())));
    } catch (IllegalArgumentException unreadable) {
      List<String> notes = new ArrayList<>(roster.notes());
      notes.add(String.valueOf(unreadable.getMessage()));
      return new Sight(new Roster(roster.leader(), roster.candidates(), notes), Optional.empty());
    }
  }

  private static Map<String, @Nullable Object> document(Sight sight) {
    Map<String, @Nullable Object> document =
        new RosterDocument(ZoneId.systemDefault()).of(sight.roster);
    sight.runs.ifPresent(runs -> document.put("runs", runs.document()));
    return document;
  }

  private void print(Start start, ElectionBackend backend, ElectionName election, Sight sight) {
    String format = start.settings().find(GeneralSettings.OUTPUT).orElse("yaml");
    boolean terminal = here.terminal().stdout();
    String text =
        switch (format) {
          case "json" -> JsonText.of(document(sight));
          case "table" ->
              new RosterTable(here.terminal().columns(), terminal && here.terminal().colours())
                      .of(election, backend.name(), sight.roster)
                  + sight.runs.map(runs -> runs.table(here.terminal().columns())).orElse("");
          default -> YamlText.of(document(sight));
        };
    new Printer(here.stdout()).print(start.redaction().apply(text));
  }
}

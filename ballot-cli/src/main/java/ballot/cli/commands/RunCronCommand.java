package ballot.cli.commands;

import ballot.api.Setting;
import ballot.api.StoreException;
import ballot.cli.cron.CronPlan;
import ballot.cli.cron.ScheduleTimetable;
import ballot.cli.process.ExitCode;
import ballot.cli.process.Printer;
import ballot.cli.process.Refusal;
import ballot.cli.process.Surroundings;
import ballot.cli.render.JsonText;
import ballot.cli.render.YamlText;
import ballot.cli.run.RunOnce;
import ballot.cli.settings.CronSettings;
import ballot.cli.settings.EffectiveSettings;
import ballot.cli.settings.GeneralSettings;
import ballot.cli.settings.RunOnceSettings;
import ballot.engine.agenda.AgendaRules;
import ballot.engine.core.Rules.Reaction;
import ballot.schedule.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ballot run cron}: checks what was asked for and hands it over. */
public final class RunCronCommand implements Command {

  private final Surroundings here;
  private final RunOnce runner;

  /** With what runs the command. */
  public RunCronCommand(Surroundings here, RunOnce runner) {
    this.here = here;
    this.runner = runner;
  }

  @Override
  public int call(Start start) throws StoreException {
    EffectiveSettings settings = start.settings();
    settings.refuseWhatIsNotHere(Verb.RUN_CRON.words());
    Schedule schedule = schedule(settings);
    Optional<Long> next = settings.find(CronSettings.NEXT);
    if (next.isPresent()) {
      print(settings, ticks(schedule, next.get()));
      return ExitCode.SUCCESS.status();
    }
    if (settings.isGiven(GeneralSettings.OUTPUT)) {
      throw settings.refusal(
          GeneralSettings.OUTPUT.name(), "is for --next; a run reports in its log (--log-format)");
    }
    if (start.arguments().isEmpty()) {
      throw Refusal.usage(
          "no command to run: write it after the options, as in"
              + " 'ballot run cron --schedule @daily -- ./nightly-backup'");
    }
    Reaction onSuccess = reaction(settings, RunOnceSettings.ON_CHILD_SUCCESS);
    Reaction onError = reaction(settings, RunOnceSettings.ON_CHILD_ERROR);
    CronPlan plan =
        new CronPlan(new ScheduleTimetable(schedule), rules(settings, onSuccess, onError));
    warningAboutZone(schedule).ifPresent(start.warnings()::add);
    return new CommandRun(here, runner, start)
        .call(ofLeadership(onSuccess), ofLeadership(onError), Optional.of(plan));
  }

  private static Schedule schedule(EffectiveSettings settings) {
    String text =
        settings
            .find(CronSettings.SCHEDULE)
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "no schedule: say when to run, as in --schedule '0 3 * * *', --schedule"
                            + " @hourly or --schedule '@every 90s'"));
    Optional<ZoneId> zone = settings.find(CronSettings.TIMEZONE).map(CronSettings::zone);
    try {
      return Schedule.parse(text, zone);
    } catch (IllegalArgumentException wrong) {
      throw settings.refusal(CronSettings.SCHEDULE.name(), String.valueOf(wrong.getMessage()));
    }
  }

  /** Hosts whose clocks are all UTC mean the same ticks without being told. */
  private static Optional<String> warningAboutZone(Schedule schedule) {
    ZoneId zone = schedule.zone();
    if (!schedule.isZoneAssumed() || zone.normalized().equals(ZoneOffset.UTC)) {
      return Optional.empty();
    }
    return Optional.of(
        ("the schedule is meant in %1$s, the time zone of this host, since nothing names one; hosts"
                + " of one election whose zones differ mean different ticks: set --timezone %1$s,"
                + " or write CRON_TZ=%1$s before the schedule")
            .formatted(zone));
  }

  /** Here the next tick is waited for, unless an election is asked for. */
  private static Reaction reaction(EffectiveSettings settings, Setting<String> setting) {
    String word =
        settings.isGiven(setting)
            ? settings.get(setting)
            : CronSettings.ownDefault(setting).orElseThrow();
    return Reaction.valueOf(CommandRun.constant(word));
  }

  /**
   * A schedule that ends by itself does so because leadership is to be given back, or all of it.
   */
  private static Reaction ofLeadership(Reaction reaction) {
    return reaction == Reaction.EXIT ? Reaction.EXIT : Reaction.REELECT;
  }

  private static AgendaRules rules(
      EffectiveSettings settings, Reaction onSuccess, Reaction onError) {
    return new AgendaRules(
        AgendaRules.Concurrency.valueOf(
            CommandRun.constant(settings.get(CronSettings.CONCURRENCY))),
        settings.find(CronSettings.DEADLINE),
        settings.find(CronSettings.START_DEADLINE),
        settings.get(CronSettings.JITTER),
        AgendaRules.CatchUp.valueOf(CommandRun.constant(settings.get(CronSettings.CATCH_UP))),
        AgendaRules.OnUnknown.valueOf(CommandRun.constant(settings.get(CronSettings.ON_UNKNOWN))),
        onSuccess,
        onError,
        settings.get(RunOnceSettings.RERUN_DELAY),
        settings.get(RunOnceSettings.STOP_TIMEOUT));
  }

  private static List<String> ticks(Schedule schedule, long count) {
    DateTimeFormatter format = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(schedule.zone());
    List<String> ticks = new ArrayList<>();
    Optional<Instant> tick = schedule.next(Instant.now());
    while (tick.isPresent() && ticks.size() < count) {
      ticks.add(format.format(tick.get()));
      tick = schedule.next(tick.get());
    }
    return ticks;
  }

  private void print(EffectiveSettings settings, List<String> ticks) {
    String text =
        switch (settings.find(GeneralSettings.OUTPUT).orElse("table")) {
          case "json" -> JsonText.of(Map.of("ticks", ticks));
          case "yaml" -> YamlText.of(Map.of("ticks", ticks));
          default -> String.join("\n", ticks) + "\n";
        };
    new Printer(here.stdout()).print(text);
  }
}

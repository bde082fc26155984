package ballot.cli.settings;

import ballot.api.Durations;
import ballot.api.Setting;
import ballot.schedule.TimeZones;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code run cron} takes beside what {@code run once} does. */
public final class CronSettings {

  private static final long MOST_TICKS = 10_000;

  /** When. */
  public static final Setting<String> SCHEDULE =
      Setting.text(
              "schedule",
              "When to run: five fields, six with seconds, @daily and the like, @every 1h30m;"
                  + " CRON_TZ=Area/City may stand before it.")
          .withVariables("SCHEDULE");

  /** Whose clock the schedule means. */
  public static final Setting<String> TIMEZONE =
      Setting.text(
              "timezone",
              "The time zone that the schedule means, as Europe/Berlin; the host's own if neither"
                  + " this nor the schedule says.")
          .withCheck(CronSettings::complaintAboutZone);

  /** Shows the schedule. */
  public static final Setting<Long> NEXT =
      Setting.number("next", 1, MOST_TICKS, "Print so many of the next ticks and run nothing.");

  /** What a tick does while a run goes on. */
  public static final Setting<String> CONCURRENCY =
      Setting.choice(
              "concurrency",
              List.of("skip", "queue", "replace", "allow"),
              "A tick that is due while a run goes on: is not run, is run afterwards, ends that run"
                  + " first, or is run beside it.")
          .withDefault("skip");

  /** How long a run may take. */
  public static final Setting<Duration> DEADLINE =
      Setting.duration("deadline", "How long a run may take before it is ended.")
          .withCheck(CronSettings::positive);

  /** How late it may start. */
  public static final Setting<Duration> START_DEADLINE =
      Setting.duration("start-deadline", "How late a tick may still start.")
          .withCheck(CronSettings::positive);

  /** By how much starts are put off. */
  public static final Setting<Duration> JITTER =
      Setting.duration(
              "jitter",
              "Put each tick off by up to so much, the same for a tick on every candidate.")
          .withDefault("0s");

  /** What becomes of ticks that no one ran. */
  public static final Setting<String> CATCH_UP =
      Setting.choice(
              "catch-up",
              List.of("none", "last", "all"),
              "Ticks that no one ran while nobody led: name them, run the latest, or run them all"
                  + " in order, the latest 100.")
          .withDefault("none");

  /** What becomes of a tick nobody knows about. */
  public static final Setting<String> ON_UNKNOWN =
      Setting.choice(
              "on-unknown",
              List.of("skip", "rerun"),
              "A tick that was claimed, and whose start nobody recorded: leave it, or run it again,"
                  + " perhaps for the second time.")
          .withDefault("skip");

  private CronSettings() {}

  /** The default of a setting of {@code run once} that is another one here. */
  public static Optional<String> ownDefault(Setting<?> setting) {
    return setting.equals(RunOnceSettings.ON_CHILD_SUCCESS)
            || setting.equals(RunOnceSettings.ON_CHILD_ERROR)
        ? Optional.of("ignore")
        : Optional.empty();
  }

  static List<KnownSetting> all() {
    Scope cron = new Scope.Commands(Set.of("run cron"));
    return List.of(
        KnownSetting.of(SCHEDULE, cron),
        KnownSetting.of(TIMEZONE, cron),
        KnownSetting.of(NEXT, cron),
        KnownSetting.of(CONCURRENCY, cron),
        KnownSetting.of(DEADLINE, cron),
        KnownSetting.of(START_DEADLINE, cron),
        KnownSetting.of(JITTER, cron),
        KnownSetting.of(CATCH_UP, cron),
        KnownSetting.of(ON_UNKNOWN, cron));
  }

  /** What a value of {@link #TIMEZONE} means. */
  public static ZoneId zone(String name) {
    return TimeZones.parse(name);
  }

  private static Optional<String> complaintAboutZone(String name) {
    try {
      ZoneId unused = zone(name);
      return Optional.empty();
    } catch (IllegalArgumentException unknown) {
      return Optional.of(String.valueOf(unknown.getMessage()));
    }
  }

  private static Optional<String> positive(Duration duration) {
    return duration.isPositive()
        ? Optional.empty()
        : Optional.of(Durations.format(duration) + " is no time at all; leave it out for no limit");
  }
}
